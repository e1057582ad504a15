package dev.tandem.api.collection;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.factory.collection.CollectionDraft;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that describes a collection. Only {@code name} is required, and only if it is not in the address. */
@Schema(requiredProperties = "name", examples = """
                {"name": "articles", "description": "What we have published", "language": "english",
                 "embedding": {"model": "all-minilm-l6-v2", "metric": "cosine"},
                 "metadataSchema": {"type": "object", "properties": {"year": {"type": "integer"}}}}
                """)
public record CollectionRequest(
        @Schema(
                description =
                        "Lower-case letters, digits, hyphens and underscores; begins and ends with a letter or digit",
                minLength = 1,
                maxLength = 64)
        @Nullable
        String name,

        @Schema(maxLength = 1000, nullable = true) @Nullable String description,
        @Nullable Embedding embedding,
        @Nullable Chunking chunking,

        @Schema(implementation = Language.class) @Nullable String language,

        @Schema(description = "A JSON Schema (2020-12) for the documents' metadata", nullable = true) @Nullable
        Map<String, @Nullable Object> metadataSchema,

        @Schema(description = "Whether a change of a document must name the version it is based on") @Nullable
        Boolean requireIfMatch,

        @Nullable History history,

        @Schema(description = "The search engine; it cannot change, but :rebuild moves a collection to another one")
        @Nullable
        String engine,

        @Schema(
                format = "duration",
                description =
                        "After what time a document expires whose write does not say when, up to 100 years; without this, never."
                                + " A change does not affect documents that are there",
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

    /** Where the vectors come from. */
    @Schema(name = "EmbeddingRequest", description = "Where the vectors come from; it cannot change")
    public record Embedding(
            @Schema(description = "The model; none if clients send the vectors") @Nullable
            String model,

            @Schema(description = "How many numbers a vector has; required with the model none") @Nullable
            Integer dimensions,

            @Schema(implementation = Metric.class) @Nullable String metric) {

        private CollectionDraft.Embedding toDraft() {
            return new CollectionDraft.Embedding(model, dimensions, metric);
        }
    }

    /** How text is cut into chunks. */
    @Schema(name = "ChunkingRequest", description = "How text is cut into chunks")
    public record Chunking(
            @Schema(description = "The longest chunk in the model's tokens, title included") @Nullable
            Integer maxTokens,

            @Schema(description = "How much of a chunk's end the next one repeats") @Nullable
            Integer overlapTokens) {

        private CollectionDraft.Chunks toDraft() {
            return new CollectionDraft.Chunks(maxTokens, overlapTokens);
        }
    }

    /** How many revisions are kept. */
    @Schema(name = "HistoryRequest", description = "How many revisions of each document are kept, and for how long")
    public record History(
            @Nullable Integer maxVersions, @Nullable Integer maxDays) {

        private CollectionDraft.History toDraft() {
            return new CollectionDraft.History(maxVersions, maxDays);
        }
    }

    CollectionDraft toDraft() {
        return new CollectionDraft(
                name,
                description,
                embedding == null ? null : embedding.toDraft(),
                chunking == null ? null : chunking.toDraft(),
                language,
                metadataSchema,
                requireIfMatch,
                history == null ? null : history.toDraft(),
                engine,
                timeToLive,
                indexes);
    }
}
