package dev.tandem.repository;

import dev.tandem.domain.embedding.EmbeddingTask;
import dev.tandem.domain.embedding.HeldTask;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Claims due embedding tasks, so that no other replica claims them while the lease lasts. The sets of all collections take turns, and the
 * tasks of a set are claimed in the order in which they became due. Tasks of writes have precedence over tasks of jobs, but a quarter is
 * reserved for jobs.
 */
@Singleton
public class EmbeddingClaimRepository {

    /** One in this many claimed tasks belongs to a job, if jobs have any. So jobs progress however much is written. */
    private static final int PART_OF_JOBS = 4;

    /** In bytes. A document with a longer text is large. The conditions of the table's indexes contain this number too. */
    public static final int LARGEST_SMALL = 16_000;

    private static final String DUE =
            "parked_at is null and due_at <= now() and (lease_until is null or lease_until < now())";

    /**
     * The recursive part walks by the index from set to set of all collections, not from task to task, and leaves out sets that have been
     * dropped. Then the tasks are selected and locked once: a plan that selects again for each row would skip the rows that it has locked
     * itself, and claim more. The last part claims tasks up to a number of bytes, beginning with one task of each set; the other locks end
     * with the transaction. Each kind of task has an index, and the planner uses it only if the condition is written out.
     */
    private static final String CLAIM = """
            with recursive asking as (
                (select collection_id, vector_set from embedding_task where %1$s order by collection_id, vector_set limit 1)
                union all
                select following.* from asking cross join lateral (
                    select task.collection_id, task.vector_set from embedding_task task
                    where %1$s and (task.collection_id, task.vector_set) > (asking.collection_id, asking.vector_set)
                    order by task.collection_id, task.vector_set limit 1) as following),
            served as materialized (
                select collection.id, asking.vector_set from asking join collection on collection.id = asking.collection_id
                %2$s and kept.vector_set = asking.vector_set
                where coalesce(kept.model, '') <> all(cast(:unavailable as text[]))
                order by random() limit :limit),
            taken as materialized (
                select task.* from served cross join lateral (
                    select document_id, vector_set, collection_id, due_at, size from embedding_task
                    where collection_id = served.id and vector_set = served.vector_set and %1$s
                    order by due_at limit (select ceil(cast(:limit as numeric) / greatest(1, count(*))) from served)
                    for update skip locked) as task
                limit :limit),
            ranked as (
                select taken.*, row_number() over (partition by collection_id, vector_set order by due_at, document_id) as turn
                from taken),
            chosen as (
                select document_id, vector_set,
                       sum(size) over (order by turn, due_at, document_id, vector_set) - size as before
                from ranked)
            update embedding_task set token = gen_random_uuid(), lease_until = now() + make_interval(secs => :lease)
            from chosen
            where embedding_task.document_id = chosen.document_id and embedding_task.vector_set = chosen.vector_set
              and chosen.before < :bytes
            returning embedding_task.document_id, embedding_task.vector_set, embedding_task.collection_id, version, attempts, token,
                      embedding_task.size
            """;

    private static final String SMALL = " and size <= " + LARGEST_SMALL;
    private static final String LARGE = " and size > " + LARGEST_SMALL;
    private static final String OF_WRITE = " and asked_by = 'WRITE'";
    private static final String OF_JOB = " and asked_by = 'JOB'";
    private static final String SMALL_OF_WRITE = CLAIM.formatted(DUE + OF_WRITE + SMALL, SetSql.KEPT);
    private static final String SMALL_OF_JOB = CLAIM.formatted(DUE + OF_JOB + SMALL, SetSql.KEPT);
    private static final String LARGE_OF_WRITE = CLAIM.formatted(DUE + OF_WRITE + LARGE, SetSql.KEPT);
    private static final String LARGE_OF_JOB = CLAIM.formatted(DUE + OF_JOB + LARGE, SetSql.KEPT);

    /**
     * Which tasks to claim.
     *
     * @param limit the largest number of tasks
     * @param large whether to claim large documents
     * @param bytes no further task is claimed once the claimed texts have this size together
     * @param unavailableModels models whose collections are skipped
     */
    public record Wanted(int limit, boolean large, long bytes, Set<String> unavailableModels) {

        private Wanted atMost(int most) {
            return new Wanted(most, large, bytes, unavailableModels);
        }
    }

    public Uni<List<HeldTask>> claim(Wanted wanted, Duration lease) {
        // Rounded at random, so that on average it is a quarter even of few tasks.
        int part = (wanted.limit + ThreadLocalRandom.current().nextInt(PART_OF_JOBS)) / PART_OF_JOBS;
        String ofWrite = wanted.large ? LARGE_OF_WRITE : SMALL_OF_WRITE;
        String ofJob = wanted.large ? LARGE_OF_JOB : SMALL_OF_JOB;
        List<HeldTask> taken = new ArrayList<>();
        return take(ofJob, wanted.atMost(part), lease)
                .invoke(taken::addAll)
                .chain(() -> take(ofWrite, wanted.atMost(wanted.limit - taken.size()), lease))
                .chain(written -> {
                    boolean mayBeMore = taken.size() == part;
                    taken.addAll(written);
                    int rest = mayBeMore ? wanted.limit - taken.size() : 0;
                    return take(ofJob, wanted.atMost(rest), lease);
                })
                .map(again -> {
                    taken.addAll(again);
                    return taken;
                });
    }

    private static Uni<List<HeldTask>> take(String claim, Wanted wanted, Duration lease) {
        if (wanted.limit <= 0) {
            return Uni.createFrom().item(List.of());
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(claim, Object[].class)
                        .setParameter("unavailable", wanted.unavailableModels.toArray(String[]::new))
                        .setParameter("limit", wanted.limit)
                        .setParameter("bytes", wanted.bytes)
                        .setParameter("lease", Rows.seconds(lease))
                        .getResultList())
                .map(rows -> rows.stream().map(EmbeddingClaimRepository::held).toList());
    }

    private static HeldTask held(Object[] row) {
        return new HeldTask(
                new EmbeddingTask(
                        Rows.id(row[0]), (int) Rows.number(row[1]), Rows.id(row[2]), Rows.number(row[3]), (int)
                                Rows.number(row[4])),
                Rows.id(row[5]),
                (int) Rows.number(row[6]));
    }
}
