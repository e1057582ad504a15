package dev.tandem.api.collection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.factory.rules.Choice;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A collection in an answer: its description with all defaults, and the fields that Tandem sets. */
@Schema(examples = """
{"name": "articles", "description": "What we have published", "embedding": {"model": "all-minilm-l6-v2", "dimensions": 384, "metric": "cosine"},
 "chunking": {"maxTokens": 200, "overlapTokens": 20}, "language": "english", "metadataSchema": null, "requireIfMatch": false,
 "history": {"maxVersions": 10, "maxDays": 90}, "engine": "lucene",
 "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z"}
""")
public record CollectionView(
        String name,
        @Nullable String description,
        Embedding embedding,
        Chunking chunking,
        @Schema(implementation = Language.class) String language,
        @Nullable Map<String, @Nullable Object> metadataSchema,
        boolean requireIfMatch,
        History history,
        String engine,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** Where the vectors come from. */
    @Schema(name = "EmbeddingView")
    public record Embedding(
            String model,
            int dimensions,
            @Schema(implementation = Metric.class) String metric) {}

    /** How text is cut into chunks. */
    @Schema(name = "ChunkingView")
    public record Chunking(int maxTokens, int overlapTokens) {}

    /** How many revisions are kept. */
    @Schema(name = "HistoryView")
    public record History(int maxVersions, int maxDays) {}

    static CollectionView of(Collection collection) {
        var settings = collection.settings();
        var embedding = settings.embedding();
        var chunking = settings.chunking();
        return new CollectionView(
                collection.name(),
                collection.description(),
                new Embedding(embedding.model(), embedding.dimensions(), Choice.word(embedding.metric())),
                new Chunking(chunking.maxTokens(), chunking.overlapTokens()),
                Choice.word(settings.language()),
                settings.metadataSchema(),
                settings.requireIfMatch(),
                new History(settings.history().maxVersions(), settings.history().maxDays()),
                settings.index().engine(),
                collection.version(),
                collection.createdAt(),
                collection.updatedAt());
    }
}
