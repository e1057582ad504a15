package dev.tandem.repository;

import dev.tandem.database.filter.Expiry;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.embedding.ParkedTask;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parked embedding tasks. */
@Singleton
public class ParkedTaskRepository {

    private static final String NAME = "collection.name";

    private static final String COLUMNS = """
            select embedding_task.document_id, collection.name, document.key, attempts, parked_at, error
            from embedding_task
            join document on document.id = embedding_task.document_id and %s
            join collection on collection.id = embedding_task.collection_id
            """.formatted(Expiry.AHEAD.sql());
    private static final String ALL = COLUMNS + """
            where parked_at is not null and %s
            order by parked_at desc, embedding_task.document_id desc limit :limit
            """;
    private static final String FIRST = COLUMNS + """
            where parked_at is not null and embedding_task.collection_id = :collection
            order by parked_at desc, embedding_task.document_id desc limit :limit
            """;
    private static final String NEXT = COLUMNS + """
            where parked_at is not null and embedding_task.collection_id = :collection
              and (parked_at, embedding_task.document_id) < (cast(cast(:parked_at as text) as timestamptz), :document)
            order by parked_at desc, embedding_task.document_id desc limit :limit
            """;

    private static final String RETRY_ALL = """
            update embedding_task set parked_at = null, token = null, lease_until = null, attempts = 0, due_at = now()
            from collection
            where parked_at is not null and collection.id = embedding_task.collection_id and %s
            """;
    private static final String RETRY = """
            update embedding_task set parked_at = null, token = null, lease_until = null, attempts = 0, due_at = now()
            from document
            where parked_at is not null and document.id = embedding_task.document_id
              and document.collection_id = :collection and document.key = :key and %s
            """.formatted(Expiry.AHEAD.sql());
    private static final String DROP = """
            delete from embedding_task using document
            where parked_at is not null and document.id = embedding_task.document_id
              and document.collection_id = :collection and document.key = :key and %s
            """.formatted(Expiry.AHEAD.sql());

    private static final String LEFT = """
            select count(*) filter (where parked_at is null), count(*) filter (where parked_at is not null)
            from embedding_task where job_id = :job
            """;
    private static final String OF_JOB = """
            select document.key, coalesce(error, '') from embedding_task
            join document on document.id = embedding_task.document_id
            where job_id = :job and parked_at is not null
            order by document.id limit :limit
            """;

    /** The parked tasks of all collections that the grants allow to read, newest first. */
    public Uni<List<ParkedTask>> list(Grants grants, int limit) {
        VisibleCollections visible = VisibleCollections.of(grants, Right.READ, NAME);
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(ALL.formatted(visible.condition()), Object[].class);
                    visible.parameters().forEach(query::setParameter);
                    return query.setParameter("limit", limit).getResultList();
                })
                .map(ParkedTaskRepository::tasks);
    }

    /** The parked tasks of a collection, newest first, after a place; null starts at the beginning. */
    public Uni<Page<ParkedTask>> list(UUID collectionId, ParkedTask.@Nullable Place after, int limit) {
        return Pages.read(limit, atMost -> Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(after == null ? FIRST : NEXT, Object[].class)
                            .setParameter("collection", collectionId)
                            .setParameter("limit", atMost);
                    return after == null
                            ? query.getResultList()
                            : query.setParameter("parked_at", after.parkedAt().toString())
                                    .setParameter("document", after.documentId())
                                    .getResultList();
                })
                .map(ParkedTaskRepository::tasks));
    }

    /** Makes the parked tasks due again of all collections that the grants allow to change; returns how many there were. */
    public Uni<Integer> retryAll(Grants grants) {
        VisibleCollections changeable = VisibleCollections.of(grants, Right.WRITE, NAME);
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(RETRY_ALL.formatted(changeable.condition()));
            changeable.parameters().forEach(query::setParameter);
            return query.executeUpdate();
        });
    }

    /** Makes a document's task due again; returns whether it was parked. */
    public Uni<Boolean> retry(UUID collectionId, String key) {
        return change(RETRY, collectionId, key);
    }

    /** Deletes a document's task; returns whether it was parked. */
    public Uni<Boolean> drop(UUID collectionId, String key) {
        return change(DROP, collectionId, key);
    }

    private static Uni<Boolean> change(String sql, UUID collectionId, String key) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql)
                        .setParameter("collection", collectionId)
                        .setParameter("key", key)
                        .executeUpdate())
                .map(changed -> changed > 0);
    }

    /** The tasks that a job has left: still to be embedded, and parked. */
    public record Left(long pending, long parked) {}

    public Uni<Left> left(UUID jobId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LEFT, Object[].class)
                        .setParameter("job", jobId)
                        .getSingleResult())
                .map(row -> new Left(Rows.number(row[0]), Rows.number(row[1])));
    }

    /** The parked tasks of a job: the documents' keys, and why the last attempts failed. */
    public Uni<Map<String, String>> ofJob(UUID jobId, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF_JOB, Object[].class)
                        .setParameter("job", jobId)
                        .setParameter("limit", limit)
                        .getResultList())
                .map(rows -> {
                    Map<String, String> errors = new LinkedHashMap<>();
                    rows.forEach(row -> errors.put((String) row[0], (String) row[1]));
                    return errors;
                });
    }

    private static List<ParkedTask> tasks(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new ParkedTask(
                        Rows.id(row[0]),
                        (String) row[1],
                        (String) row[2],
                        (int) Rows.number(row[3]),
                        Rows.instant(row[4]),
                        (String) row[5]))
                .toList();
    }
}
