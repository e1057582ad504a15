package dev.tandem.api.collection;

import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.service.index.IndexState;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The numbers of a collection. */
@Schema(examples = """
{"documents": 5183, "chunks": 7211, "embedding": {"pending": 12, "parked": 0, "oldestPendingSeconds": 1.5}, "index": {"engine": "lucene", "state": "ok", "sequence": 4711, "lag": 3}}
""")
public record StatsView(long documents, long chunks, Embedding embedding, Index index) {

    /**
     * The progress of embedding.
     *
     * @param pending documents whose vectors are still to be made
     * @param parked documents that failed to embed too often
     * @param oldestPendingSeconds how long the oldest pending document has waited; null if no document waits
     */
    @Schema(name = "EmbeddingStats")
    public record Embedding(
            long pending, long parked, @Nullable Double oldestPendingSeconds) {

        static Embedding of(CollectionStats stats) {
            Duration oldest = stats.oldestPending();
            return new Embedding(stats.pending(), stats.parked(), oldest == null ? null : oldest.toMillis() / 1000.0);
        }
    }

    /**
     * @param state ok, degraded if the index's disk fails, or building
     * @param sequence searches on this replica show every write of the transactions up to this one
     * @param lag how many changes they do not show yet
     */
    @Schema(name = "IndexStats")
    public record Index(
            String engine,

            @Schema(enumeration = {"ok", "degraded", "building"})
            String state,

            long sequence,
            long lag) {}

    static StatsView of(CollectionStats stats, IndexState index) {
        return new StatsView(
                stats.documents(),
                stats.chunks(),
                Embedding.of(stats),
                new Index(index.engine(), index.state(), index.sequence(), index.lag()));
    }
}
