package dev.tandem.api.collection;

import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.service.IndexState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A collection in numbers. */
@Schema(examples = """
{"documents": 5183, "chunks": 7211, "embedding": {"pending": 12, "parked": 0}, "index": {"engine": "lucene", "sequence": 4711, "lag": 3}}
""")
public record StatsView(long documents, long chunks, Embedding embedding, Index index) {

    /** Documents whose vectors are still to come, and those given up. */
    @Schema(name = "EmbeddingStats")
    public record Embedding(long pending, long parked) {}

    /**
     * @param sequence searches here show everything that the transactions up to this one did
     * @param lag how many changes they don't show yet
     */
    @Schema(name = "IndexStats")
    public record Index(String engine, long sequence, long lag) {}

    static StatsView of(CollectionStats stats, IndexState index) {
        return new StatsView(
                stats.documents(),
                stats.chunks(),
                new Embedding(stats.pending(), stats.parked()),
                new Index(index.engine(), index.sequence(), index.lag()));
    }
}
