package dev.tandem.repository;

import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.HeldTask;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.embedding.WantedVectors;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The documents that are still to be embedded. All times are the database's, so that all replicas share one clock. A task under a claim is
 * changed only with the claim's token, or by a writer that has locked the document and removes the token.
 */
@Singleton
public class EmbeddingTaskRepository {

    @Produces
    @Singleton
    static final ConstraintRefusal DOCUMENT_GONE =
            new ConstraintRefusal("fk_embedding_task_document_id", () -> Refusal.NotFound.gone(Document.NOUN));

    /**
     * First deletes the chunks that were made from an older text. The document is locked, so no other transaction adds chunks meanwhile.
     * The statement itself looks which sets there are: a move to another model may have begun since the caller read the collection.
     */
    static final String PUT = """
            with outdated as (delete from embedding_progress where document_id = any(cast(:documents as uuid[])))
            insert into embedding_task (document_id, vector_set, collection_id, version, size, asked_by, attempts, due_at)
            select wanted.document_id, kept.vector_set, wanted.collection_id, wanted.version,
                   coalesce(octet_length(title), 0) + coalesce(octet_length(content), 0), 'WRITE', 0, now()
            from unnest(cast(:documents as uuid[]), cast(:collections as uuid[]), cast(:versions as bigint[]))
                 as wanted (document_id, collection_id, version)
            join document on document.id = wanted.document_id
            join collection on collection.id = wanted.collection_id
            %s
            where kept.vector_set <> :but
            on conflict on constraint pk_embedding_task do update
            set version = excluded.version, size = excluded.size, asked_by = excluded.asked_by, asked_at = excluded.asked_at,
                sequence = excluded.sequence, attempts = 0, due_at = now(), token = null, lease_until = null, parked_at = null,
                error = null
            """.formatted(SetSql.KEPT);
    /** No set has this number. */
    private static final int NONE = -1;
    /**
     * A task that a write has added keeps its kind, because clients may wait for its sequence. The statement checks again, under the lock,
     * whether the document has an own vector: the vector may have been written after the caller's check.
     */
    static final String REDO = """
            with outdated as (
                delete from embedding_progress where document_id = any(cast(:documents as uuid[])) and vector_set = :vector_set)
            insert into embedding_task (document_id, vector_set, collection_id, version, size, asked_by, attempts, due_at, job_id)
            select id, cast(:vector_set as integer), collection_id, version,
                   coalesce(octet_length(title), 0) + coalesce(octet_length(content), 0), 'JOB', 0, now(), :job
            from document
            where id = any(cast(:documents as uuid[]))
              and (%s is not null
                   or not exists (select from chunk where chunk.document_id = document.id and vector_set = :vector_set))
            order by id
            on conflict on constraint pk_embedding_task do update
            set attempts = 0, due_at = now(), token = null, lease_until = null, parked_at = null, error = null, job_id = excluded.job_id
            """.formatted(SetSql.EMBEDDED);

    private static final String REMOVE =
            "delete from embedding_task where document_id = any(cast(:documents as uuid[]))";

    private static final String BEGIN = """
            update embedding_task set attempts = attempts + 1, lease_until = now() + make_interval(secs => :lease)
            from unnest(cast(:documents as uuid[]), cast(:tokens as uuid[])) as held (document_id, token)
            where embedding_task.document_id = held.document_id and embedding_task.token = held.token
            returning embedding_task.token
            """;
    /** Skips rows that another transaction has locked, so that deleting a collection does not delay the others. */
    private static final String FREE = """
            with free as (
                select embedding_task.document_id, embedding_task.vector_set, embedding_task.token
                from unnest(cast(:documents as uuid[]), cast(:tokens as uuid[])) as held (document_id, token)
                join embedding_task on embedding_task.document_id = held.document_id and embedding_task.token = held.token
                for update of embedding_task skip locked)
            """;

    private static final String RENEW = FREE + """
            update embedding_task set lease_until = now() + make_interval(secs => :lease)
            from free where embedding_task.document_id = free.document_id and embedding_task.vector_set = free.vector_set
            returning embedding_task.token
            """;
    private static final String ADVANCE = """
            update embedding_task set attempts = 0, lease_until = now() + make_interval(secs => :lease)
            where document_id = :document and token = :token
            """;
    private static final String FINISH = """
            delete from embedding_task
            using unnest(cast(:documents as uuid[]), cast(:tokens as uuid[])) as held (document_id, token)
            where embedding_task.document_id = held.document_id and embedding_task.token = held.token
            returning embedding_task.token
            """;
    /** One of these documents may have caused the failure, so others go first the next time. */
    private static final String GIVE_BACK = FREE + """
            update embedding_task
            set attempts = held.attempts, size = greatest(embedding_task.size, held.size),
                error = coalesce(cast(:error as text), error),
                due_at = case when cast(:error as text) is null then due_at else now() end,
                token = null, lease_until = null
            from free join unnest(cast(:documents as uuid[]), cast(:tokens as uuid[]), cast(:attempts as bigint[]), cast(:sizes as bigint[]))
                 as held (document_id, token, attempts, size) on held.document_id = free.document_id and held.token = free.token
            where embedding_task.document_id = free.document_id and embedding_task.vector_set = free.vector_set
            returning embedding_task.document_id
            """;

    private static final String DEFER = """
            update embedding_task
            set token = null, lease_until = null, error = :error, due_at = now() + make_interval(secs => :delay)
            where document_id = :document and token = :token
            """;
    private static final String PARK = """
            update embedding_task set token = null, lease_until = null, error = :error, parked_at = now()
            where document_id = :document and token = :token
            """;

    /** Adds tasks to embed documents' texts for every set, replacing earlier tasks. The documents' rows must be locked, or new. */
    public Uni<Void> put(List<WantedVectors> wanted) {
        return put(wanted, NONE);
    }

    /** The same for every set but one, which gets its vectors otherwise. */
    public Uni<Void> putBeside(VectorSet but, List<WantedVectors> wanted) {
        return put(wanted, but.number());
    }

    private static Uni<Void> put(List<WantedVectors> wanted, int but) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PUT)
                .setParameter("documents", Columns.ids(wanted, WantedVectors::documentId))
                .setParameter("collections", Columns.ids(wanted, WantedVectors::collectionId))
                .setParameter("versions", Columns.numbers(wanted, WantedVectors::version))
                .setParameter("but", but)
                .executeUpdate()
                .replaceWithVoid());
    }

    /**
     * Adds tasks of a job to embed documents' texts again. The documents' rows must be locked. Vectors that are being made at this moment
     * don't count, because their settings may be old.
     *
     * @param vectorSet the number of the set
     */
    public Uni<Void> redo(UUID jobId, int vectorSet, List<UUID> documentIds) {
        return Panache.getSession().chain(session -> session.createNativeQuery(REDO)
                .setParameter("job", jobId)
                .setParameter("vector_set", vectorSet)
                .setParameter("documents", documentIds.toArray(UUID[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Deletes the tasks of these documents, for every set. */
    public Uni<Void> remove(Collection<UUID> documentIds) {
        return Panache.getSession().chain(session -> session.createNativeQuery(REMOVE)
                .setParameter("documents", documentIds.toArray(UUID[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Counts an attempt and renews the lease. Returns the tokens of the tasks that are still held. */
    public Uni<Set<UUID>> begin(List<HeldTask> held, Duration lease) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(BEGIN, UUID.class), held)
                        .setParameter("lease", Rows.seconds(lease))
                        .getResultList())
                .map(Set::copyOf);
    }

    /** Renews the lease. Returns the tokens of the tasks that are still held and not locked by another transaction. */
    public Uni<Set<UUID>> renew(List<HeldTask> held, Duration lease) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(RENEW, UUID.class), held)
                        .setParameter("lease", Rows.seconds(lease))
                        .getResultList())
                .map(Set::copyOf);
    }

    /** Records that an attempt has made progress: attempts are counted from 0 again. Returns whether the task is still held. */
    public Uni<Boolean> advance(HeldTask held, Duration lease) {
        return Panache.getSession()
                .chain(session -> ofTask(session.createNativeQuery(ADVANCE), held)
                        .setParameter("lease", Rows.seconds(lease))
                        .executeUpdate())
                .map(updated -> updated > 0);
    }

    /** Completes tasks. Returns the tokens of those that were still held. Results for the others belong to a text that no longer exists. */
    public Uni<Set<UUID>> finish(List<HeldTask> done) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(FINISH, UUID.class), done)
                        .getResultList())
                .map(Set::copyOf);
    }

    /**
     * Gives tasks back as if they had not been tried since they were claimed. A task that another transaction has locked is released when
     * its lease ends.
     *
     * @param error why; the tasks are then due after all tasks that are due now. Null if nothing failed; they are then due as before
     */
    public Uni<Void> giveBack(List<HeldTask> held, @Nullable String error) {
        return Panache.getSession()
                .chain(session -> ofTasks(session.createNativeQuery(GIVE_BACK, UUID.class), held)
                        .setParameter("attempts", Columns.numbers(held, one ->
                                (long) one.task().attempts()))
                        .setParameter("sizes", Columns.numbers(held, one -> (long) one.size()))
                        .setParameter("error", error)
                        .getResultList())
                .replaceWithVoid();
    }

    /** Gives a task back after a failed attempt. It can be claimed again after the delay. */
    public Uni<Void> defer(HeldTask held, String error, Duration delay) {
        return Panache.getSession().chain(session -> ofTask(session.createNativeQuery(DEFER), held)
                .setParameter("error", error)
                .setParameter("delay", Rows.seconds(delay))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Parks a task. */
    public Uni<Void> park(HeldTask held, String error) {
        return Panache.getSession().chain(session -> ofTask(session.createNativeQuery(PARK), held)
                .setParameter("error", error)
                .executeUpdate()
                .replaceWithVoid());
    }

    private static Mutiny.MutationQuery ofTask(Mutiny.MutationQuery query, HeldTask held) {
        return query.setParameter("document", held.documentId()).setParameter("token", held.token());
    }

    private static <T> Mutiny.SelectionQuery<T> ofTasks(Mutiny.SelectionQuery<T> query, List<HeldTask> held) {
        return query.setParameter("documents", Columns.ids(held, HeldTask::documentId))
                .setParameter("tokens", Columns.ids(held, HeldTask::token));
    }
}
