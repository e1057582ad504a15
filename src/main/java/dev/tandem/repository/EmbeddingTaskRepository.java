package dev.tandem.repository;

import dev.tandem.domain.document.EmbeddingTask;
import dev.tandem.domain.document.ParkedTask;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is still to be embedded. All times are the database's, whose clock every replica shares. */
@Singleton
public class EmbeddingTaskRepository {

    private static final String PUT = """
            insert into embedding_task (document_id, collection_id, version, attempts, due_at)
            select document_id, collection_id, version, 0, now()
            from unnest(cast(:documents as uuid[]), cast(:collections as uuid[]), cast(:versions as bigint[]))
                 as wanted (document_id, collection_id, version)
            on conflict on constraint pk_embedding_task do update
            set version = excluded.version, attempts = 0, due_at = now(), lease_until = null, parked_at = null, error = null
            """;
    private static final String REMOVE =
            "delete from embedding_task where document_id = any(cast(:documents as uuid[]))";
    /** Of what is taken together, one in so many is a job's, where jobs have any: they go on, however much is written. */
    private static final int PART_OF_JOBS = 4;

    /**
     * Looked for once, then taken: a plan that looks again for each row would skip what it has locked itself, and take more. Numbers below
     * zero are {@link #REDO}'s: nobody but a job asks for these.
     */
    private static final String CLAIM = """
            with kept as (
                select count(*) as number from (
                    select 1 from embedding_task
                    where version < 0 and due_at <= now() and parked_at is null and (lease_until is null or lease_until < now())
                    order by due_at limit :part) as waiting),
            written as materialized (
                select document_id from embedding_task
                where version >= 0 and due_at <= now() and parked_at is null and (lease_until is null or lease_until < now())
                order by due_at limit :limit - (select number from kept) for update skip locked),
            again as materialized (
                select document_id from embedding_task
                where version < 0 and due_at <= now() and parked_at is null and (lease_until is null or lease_until < now())
                order by due_at limit :limit - (select count(*) from written) for update skip locked),
            due as (select document_id from written union all select document_id from again)
            update embedding_task set lease_until = now() + make_interval(secs => :lease)
            from due where embedding_task.document_id = due.document_id
            returning embedding_task.document_id, collection_id, version, attempts
            """;

    private static final String BEGIN = """
            update embedding_task set attempts = attempts + 1, lease_until = now() + make_interval(secs => :lease)
            from unnest(cast(:documents as uuid[]), cast(:versions as bigint[])) as tried (document_id, version)
            where embedding_task.document_id = tried.document_id and embedding_task.version = tried.version
            returning embedding_task.document_id
            """;
    private static final String FINISH = """
            delete from embedding_task
            using unnest(cast(:documents as uuid[]), cast(:versions as bigint[])) as done (document_id, version)
            where embedding_task.document_id = done.document_id and embedding_task.version = done.version
            returning embedding_task.document_id
            """;
    private static final String DEFER = """
            update embedding_task set lease_until = null, error = :error, due_at = now() + make_interval(secs => :delay)
            where document_id = :document and version = :version
            """;
    private static final String POSTPONE = """
            update embedding_task
            set attempts = greatest(0, attempts - 1), lease_until = null, error = :error, due_at = now() + make_interval(secs => :delay)
            from unnest(cast(:documents as uuid[]), cast(:versions as bigint[])) as tried (document_id, version)
            where embedding_task.document_id = tried.document_id and embedding_task.version = tried.version
            returning embedding_task.document_id
            """;
    private static final String PARK = """
            update embedding_task set lease_until = null, error = :error, parked_at = now()
            where document_id = :document and version = :version
            """;
    /**
     * Numbers below zero: whatever is being made of the same text just now, under settings that may be old, does not finish a task of
     * these.
     */
    private static final String REDO = """
            insert into embedding_task (document_id, collection_id, version, attempts, due_at, job_id)
            select id, collection_id, -version, 0, now(), :job from document where id = any(cast(:documents as uuid[])) order by id
            on conflict on constraint pk_embedding_task do update
            set version = least(embedding_task.version, 0) - 1, attempts = 0, due_at = now(), lease_until = null, parked_at = null,
                error = null, job_id = excluded.job_id
            """;

    private static final String LEFT = """
            select count(*) filter (where parked_at is null), count(*) filter (where parked_at is not null)
            from embedding_task where job_id = :job
            """;
    private static final String PARKED_OF = """
            select document.key, coalesce(error, '') from embedding_task
            join document on document.id = embedding_task.document_id
            where job_id = :job and parked_at is not null
            order by document.id limit :limit
            """;

    private static final String PARKED = """
            select collection.name, document.key, attempts, parked_at, error
            from embedding_task
            join document on document.id = embedding_task.document_id
            join collection on collection.id = embedding_task.collection_id
            where parked_at is not null
            order by parked_at desc, embedding_task.document_id limit :limit
            """;
    private static final String UNPARK = """
            update embedding_task set parked_at = null, lease_until = null, attempts = 0, due_at = now()
            where parked_at is not null
            """;

    /** Asks for documents' texts to be embedded, whatever was asked for before. */
    public Uni<Void> put(List<EmbeddingTask> wanted) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PUT)
                .setParameter("documents", Columns.ids(wanted, EmbeddingTask::documentId))
                .setParameter("collections", Columns.ids(wanted, EmbeddingTask::collectionId))
                .setParameter("versions", Columns.numbers(wanted, EmbeddingTask::version))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Asks for documents' texts to be embedded again, for a job. Their rows must be locked. */
    public Uni<Void> redo(UUID jobId, List<UUID> documentIds) {
        return Panache.getSession().chain(session -> session.createNativeQuery(REDO)
                .setParameter("job", jobId)
                .setParameter("documents", documentIds.toArray(UUID[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** What is left to do of a job: still to be embedded, and put aside. */
    public record Left(long pending, long parked) {}

    public Uni<Left> left(UUID jobId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LEFT, Object[].class)
                        .setParameter("job", jobId)
                        .getSingleResult())
                .map(row -> new Left(Rows.number(row[0]), Rows.number(row[1])));
    }

    /** What has been put aside of a job: the documents' keys, and what the last try failed of. */
    public Uni<Map<String, String>> parkedOf(UUID jobId, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PARKED_OF, Object[].class)
                        .setParameter("job", jobId)
                        .setParameter("limit", limit)
                        .getResultList())
                .map(rows -> {
                    Map<String, String> errors = new LinkedHashMap<>();
                    rows.forEach(row -> errors.put((String) row[0], (String) row[1]));
                    return errors;
                });
    }

    public Uni<Void> remove(Collection<UUID> documentIds) {
        return Panache.getSession().chain(session -> session.createNativeQuery(REMOVE)
                .setParameter("documents", documentIds.toArray(UUID[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /**
     * Takes tasks that are due, so that no other worker takes them while the lease lasts: those of what was written, longest due first, but
     * for a quarter that is left to jobs; and where there are not so many, jobs' again.
     */
    public Uni<List<EmbeddingTask>> claim(int limit, Duration lease) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CLAIM, Object[].class)
                        .setParameter("limit", limit)
                        // Rounded by chance: so it is a quarter, on the whole, of few as well.
                        .setParameter(
                                "part", (limit + ThreadLocalRandom.current().nextInt(PART_OF_JOBS)) / PART_OF_JOBS)
                        .setParameter("lease", seconds(lease))
                        .getResultList())
                .map(rows -> rows.stream().map(EmbeddingTaskRepository::task).toList());
    }

    /** Counts a try of tasks and begins their lease anew; answers the documents whose task it still was. */
    public Uni<Set<UUID>> begin(List<EmbeddingTask> tried, Duration lease) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(BEGIN, UUID.class), tried)
                        .setParameter("lease", seconds(lease))
                        .getResultList())
                .map(Set::copyOf);
    }

    /** Ends tasks; answers the documents whose task it still was. What was made for the others is of a text that is gone. */
    public Uni<Set<UUID>> finish(List<EmbeddingTask> done) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(FINISH, UUID.class), done)
                        .getResultList())
                .map(Set::copyOf);
    }

    private static <T> Mutiny.SelectionQuery<T> ofTasks(Mutiny.SelectionQuery<T> query, List<EmbeddingTask> tasks) {
        return query.setParameter("documents", Columns.ids(tasks, EmbeddingTask::documentId))
                .setParameter("versions", Columns.numbers(tasks, EmbeddingTask::version));
    }

    /** Gives a task back, to be taken again after the delay. */
    public Uni<Void> defer(EmbeddingTask task, String error, Duration delay) {
        return Panache.getSession().chain(session -> session.createNativeQuery(DEFER)
                .setParameter("document", task.documentId())
                .setParameter("version", task.version())
                .setParameter("error", error)
                .setParameter("delay", seconds(delay))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Gives tasks back as if this try had not been, to be taken again after the delay. */
    public Uni<Void> postpone(List<EmbeddingTask> tried, String error, Duration delay) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(POSTPONE, UUID.class), tried)
                        .setParameter("error", error)
                        .setParameter("delay", seconds(delay))
                        .getResultList())
                .replaceWithVoid();
    }

    /** Puts a task aside until somebody looks at it. */
    public Uni<Void> park(EmbeddingTask task, String error) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PARK)
                .setParameter("document", task.documentId())
                .setParameter("version", task.version())
                .setParameter("error", error)
                .executeUpdate()
                .replaceWithVoid());
    }

    /** What has been put aside, the latest first. */
    public Uni<List<ParkedTask>> parked(int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PARKED, Object[].class)
                        .setParameter("limit", limit)
                        .getResultList())
                .map(rows ->
                        rows.stream().map(EmbeddingTaskRepository::parkedTask).toList());
    }

    /** Makes everything that was put aside due again; answers how much it was. */
    public Uni<Integer> unpark() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(UNPARK).executeUpdate());
    }

    private static ParkedTask parkedTask(Object[] row) {
        return new ParkedTask(
                (String) row[0], (String) row[1], (int) Rows.number(row[2]), Rows.instant(row[3]), (String) row[4]);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static EmbeddingTask task(Object[] row) {
        return new EmbeddingTask(Rows.id(row[0]), Rows.id(row[1]), Rows.number(row[2]), (int) Rows.number(row[3]));
    }
}
