package dev.tandem.api.maintenance;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that says where an index is rebuilt. */
@Schema(examples = """
        {"engine": "opensearch"}
        """)
public record RebuildRequest(
        @Schema(description = "The engine to move the index to; left out, it stays where it is") @Nullable
        String engine) {}
