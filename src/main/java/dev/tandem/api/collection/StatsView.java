package dev.tandem.api.collection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.advice.FieldUse;
import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.domain.collection.MetadataIndex;
import dev.tandem.factory.rules.Choice;
import dev.tandem.service.collection.Stats;
import dev.tandem.service.index.IndexState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a collection.
 *
 * @param indexes the declared indexes of metadata
 * @param fields the fields of metadata that lists, facets and changes by filter used on this replica; those first that took the most time
 */
@Schema(examples = """
{"documents": 5183, "chunks": 7211, "embedding": {"pending": 12, "parked": 0, "oldestPendingSeconds": 1.5}, "index": {"engine": "lucene", "state": "ok", "sequence": 4711, "lag": 3}, "indexes": [{"path": "rating", "state": "building", "done": 2000, "job": "019ab1f2-7c3e-7d4a-9b5c-0e1f2a3b4c5d"}], "fields": [{"path": "year", "statements": 240, "equal": 0, "range": 200, "other": 0, "sort": 60, "meanSeconds": 0.31, "p95Seconds": 0.512, "advice": "declare"}]}
""")
public record StatsView(
        long documents,
        long chunks,
        Embedding embedding,
        Index index,
        List<MetadataIndexStats> indexes,
        List<Field> fields) {

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

    /**
     * A declared index of metadata.
     *
     * @param state building, or ready if lists use it. failed or canceled, as its job: nobody finishes it unless it is declared again
     * @param done how many of the documents that were there before its job has added; left out when it is ready
     * @param job the id of its job; left out when it is ready
     */
    @Schema(name = "MetadataIndexStats")
    public record MetadataIndexStats(
            @Schema(examples = "year") String path,

            @Schema(enumeration = {"building", "ready", "failed", "canceled"})
            String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long done,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UUID job) {

        static MetadataIndexStats of(MetadataIndex declared) {
            return new MetadataIndexStats(
                    declared.path().besideOwnFields(),
                    Choice.word(declared.state()),
                    declared.isReady() ? null : declared.done(),
                    declared.isReady() ? null : declared.job());
        }
    }

    /**
     * How a field has been used since the replica began to count it.
     *
     * @param statements of PostgreSQL that used it; one may use it in several ways
     * @param equal those that compared it for being equal
     * @param range those that compared it with a bound, or as a date
     * @param other those with any other condition on it
     * @param sort those that sorted by it
     * @param p95Seconds that 95 percent of the statements took at most, rounded up
     * @param advice what would help slow statements. declare: an index of the field, for lists that it would serve. narrow: a condition on another
     *     field. Left out if nothing has to be done
     */
    @Schema(name = "FieldStats")
    public record Field(
            @Schema(examples = "year") String path,
            long statements,
            long equal,
            long range,
            long other,
            long sort,
            double meanSeconds,
            double p95Seconds,

            @Schema(enumeration = {"declare", "narrow"}) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String advice) {

        static Field of(FieldUsage usage, FieldUsage.@Nullable Advice advice) {
            return new Field(
                    usage.path().besideOwnFields(),
                    usage.all().statements(),
                    usage.count(FieldUse.EQUAL),
                    usage.count(FieldUse.RANGE),
                    usage.count(FieldUse.OTHER),
                    usage.count(FieldUse.SORT),
                    seconds(usage.all().mean()),
                    seconds(usage.all().p95()),
                    advice == null ? null : Choice.word(advice));
        }

        /** To a tenth of a millisecond. */
        private static double seconds(Duration duration) {
            return Math.ceil(duration.toNanos() / 100_000.0) / 10_000;
        }
    }

    static StatsView of(Stats stats) {
        CollectionStats rows = stats.rows();
        IndexState index = stats.index();
        return new StatsView(
                rows.documents(),
                rows.chunks(),
                Embedding.of(rows),
                new Index(index.engine(), index.state(), index.sequence(), index.lag()),
                stats.indexes().stream().map(MetadataIndexStats::of).toList(),
                stats.fields().stream()
                        .map(usage -> Field.of(usage, stats.advice(usage)))
                        .toList());
    }
}
