package dev.tandem.api.collection;

import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.service.index.IndexState;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A collection in numbers. */
@Schema(examples = """
{"documents": 5183, "chunks": 7211, "embedding": {"pending": 12, "parked": 0, "oldestPendingSeconds": 1.5}, "index": {"engine": "lucene", "state": "ok", "sequence": 4711, "lag": 3}}
""")
public record StatsView(long documents, long chunks, Embedding embedding, Index index) {

    /**
     * How far the model has come.
     *
     * @param pending documents whose vectors are still to be made
     * @param parked documents whose embedding was given up
     * @param oldestPendingSeconds for how long the oldest of the pending documents has waited; null where none waits
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
     * @param state ok, degraded where its disk fails, or building
     * @param sequence searches here show everything that the transactions up to this one did
     * @param lag how many changes they don't show yet
     */
    @Schema(name = "IndexStats")
    public record Index(String engine, String state, long sequence, long lag) {}

    static StatsView of(CollectionStats stats, IndexState index) {
        return new StatsView(
                stats.documents(),
                stats.chunks(),
                Embedding.of(stats),
                new Index(index.engine(), index.state(), index.sequence(), index.lag()));
    }
}
