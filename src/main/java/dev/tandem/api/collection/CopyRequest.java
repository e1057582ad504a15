package dev.tandem.api.collection;

import dev.tandem.api.collection.CollectionRequest.Chunking;
import dev.tandem.api.collection.CollectionRequest.Embedding;
import dev.tandem.api.collection.CollectionRequest.History;
import dev.tandem.domain.collection.Language;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body that describes the successor of a collection. What it leaves out is as in the collection, also within a member; null is the default of a
 * new one.
 */
@Schema(requiredProperties = "name", examples = """
                {"name": "articles-v2", "language": "german",
                 "metadataSchema": {"type": "object", "properties": {"year": {"type": "integer"}}}}
                """)
public record CopyRequest(
        @Schema(
                description =
                        "Lower-case letters, digits, hyphens and underscores; begins and ends with a letter or digit",
                minLength = 1,
                maxLength = 64)
        @Nullable
        String name,

        @Schema(
                description =
                        "Whether changes of the collection are copied too, until an alias points to the successor; the default is true")
        @Nullable
        Boolean follow,

        @Schema(maxLength = 1000, nullable = true) @Nullable String description,
        @Nullable Embedding embedding,
        @Nullable Chunking chunking,

        @Schema(implementation = Language.class) @Nullable String language,

        @Schema(description = "A JSON Schema (2020-12) for the documents' metadata", nullable = true) @Nullable
        Map<String, @Nullable Object> metadataSchema,

        @Schema(description = "Whether a change of a document must name the version it is based on") @Nullable
        Boolean requireIfMatch,

        @Nullable History history,

        @Schema(description = "The search engine") @Nullable String engine,

        @Schema(
                format = "duration",
                description =
                        "After what time a document expires whose write does not say when, up to 100 years; copied documents"
                                + " expire when they do in the collection",
                nullable = true)
        @Nullable
        String timeToLive,

        @Schema(
                maxItems = 16,
                description =
                        "Fields of the metadata, as filters name them: PostgreSQL keeps an index of their order for lists that are sorted by one of them",
                examples = "[\"year\", \"author.name\"]",
                nullable = true)
        @Nullable
        List<@Nullable String> indexes) {

    boolean follows() {
        return !Boolean.FALSE.equals(follow);
    }
}
