package dev.tandem.api.access.key;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that asks for another secret. */
@Schema(examples = "{\"overlap\": \"PT1H\"}")
public record RotationRequest(
        @Schema(
                format = "duration",
                description = "How long the present secret stays valid, up to 30 days; without this it ends at once",
                nullable = true)
        @Nullable
        String overlap) {}
