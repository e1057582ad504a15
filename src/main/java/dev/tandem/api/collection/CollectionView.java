package dev.tandem.api.collection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.factory.rules.Choice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A collection in an answer: its description with all defaults, and the fields that Tandem sets. */
@Schema(examples = """
{"name": "articles", "description": "What we have published", "embedding": {"model": "all-minilm-l6-v2", "dimensions": 384, "metric": "cosine"},
 "chunking": {"maxTokens": 200, "overlapTokens": 20}, "language": "english", "metadataSchema": null, "requireIfMatch": false,
 "history": {"maxVersions": 10, "maxDays": 90}, "engine": "lucene", "timeToLive": null, "indexes": [],
 "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z"}
""")
public record CollectionView(
        String name,
        @Nullable String description,
        Embedding embedding,

        @Schema(
                description =
                        "What the collection is on its way to; searches use the present vectors until all of these are made")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Embedding nextEmbedding,

        @Schema(
                description =
                        "What the collection has moved from; until its vectors are deleted, the move can be undone at once")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Embedding formerEmbedding,

        @Schema(description = "When the vectors of the former model may be deleted")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Instant formerEmbeddingUntil,

        Chunking chunking,
        @Schema(implementation = Language.class) String language,
        @Nullable Map<String, @Nullable Object> metadataSchema,
        boolean requireIfMatch,
        History history,
        String engine,

        @Schema(format = "duration", description = "After what time a document expires whose write does not say when")
        @Nullable
        String timeToLive,

        @Schema(description = "The fields of the metadata that have an index")
        List<String> indexes,

        @Schema(description = "The model whose records the documents are; left out if clients write them")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String derivedFrom,

        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** Where the vectors come from. */
    @Schema(name = "EmbeddingView")
    public record Embedding(
            String model,
            int dimensions,
            @Schema(implementation = Metric.class) String metric) {

        private static Embedding of(EmbeddingSettings settings) {
            return new Embedding(settings.model(), settings.dimensions(), Choice.word(settings.metric()));
        }

        private static @Nullable Embedding of(@Nullable VectorSet set) {
            return set == null ? null : of(set.embedding());
        }
    }

    /** How text is cut into chunks. */
    @Schema(name = "ChunkingView")
    public record Chunking(int maxTokens, int overlapTokens) {}

    /** How many revisions are kept. */
    @Schema(name = "HistoryView")
    public record History(int maxVersions, int maxDays) {}

    static CollectionView of(Collection collection) {
        var settings = collection.settings();
        var vectors = settings.vectors();
        var beside = vectors.beside();
        var chunking = settings.chunking();
        var timeToLive = settings.timeToLive();
        return new CollectionView(
                collection.name(),
                collection.description(),
                Embedding.of(settings.embedding()),
                Embedding.of(vectors.next()),
                Embedding.of(vectors.former()),
                beside == null ? null : beside.until(),
                new Chunking(chunking.maxTokens(), chunking.overlapTokens()),
                Choice.word(settings.language()),
                settings.metadataSchema(),
                settings.requireIfMatch(),
                new History(settings.history().maxVersions(), settings.history().maxDays()),
                settings.index().engine(),
                timeToLive == null ? null : timeToLive.toString(),
                settings.indexes().stream().map(FieldPath::besideOwnFields).toList(),
                settings.derivedFrom(),
                collection.version(),
                collection.createdAt(),
                collection.updatedAt());
    }
}
