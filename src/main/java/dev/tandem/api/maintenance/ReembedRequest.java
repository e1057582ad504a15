package dev.tandem.api.maintenance;

import dev.tandem.domain.embedding.Metric;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that says which model makes the vectors. */
@Schema(examples = """
        {"model": "bge-small-en-v1.5"}
        """)
public record ReembedRequest(
        @Schema(description = "The model to move the collection to; left out, it keeps its model") @Nullable
        String model,

        @Schema(
                description = "How the new vectors are compared; left out, as the collection's",
                implementation = Metric.class)
        @Nullable
        String metric) {}
