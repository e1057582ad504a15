package dev.tandem.repository;

import dev.tandem.domain.embedding.VectorSet;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets of vectors as a whole: how one is made, how far it has come, and how it goes. */
@Singleton
public class VectorSetRepository {

    /** What a document remembers of an earlier set says nothing about this one. */
    private static final String FORGET = """
            update document set %1$s = null
            where id = any(cast(:documents as uuid[])) and %1$s is not null
              and not exists (select from chunk where chunk.document_id = document.id and vector_set = :vector_set)
            """;
    /** A task that a write has added is done for the job too. */
    static final String MAKE = """
            insert into embedding_task (document_id, vector_set, collection_id, version, size, asked_by, attempts, due_at, job_id)
            select id, cast(:vector_set as integer), collection_id, version,
                   coalesce(octet_length(title), 0) + coalesce(octet_length(content), 0), 'JOB', 0, now(), :job
            from document
            where id = any(cast(:documents as uuid[])) and (title <> '' or content <> '')
              and not exists (select from chunk where chunk.document_id = document.id and vector_set = :vector_set)
            order by id
            on conflict on constraint pk_embedding_task do update set job_id = excluded.job_id
            """;

    private static final String UNDER_WAY = """
            select count(*) from (
                select 1 from embedding_task
                where collection_id = :collection and vector_set = :vector_set and parked_at is null and job_id is not null
                limit 1) as under_way
            """;
    /** Documents that searches find by their vectors now, but would not find by those of another set. */
    private static final String LAGGING = """
            select count(*) from (
                select 1 from embedding_task as next
                where collection_id = :collection and vector_set = :next and parked_at is null and asked_by = 'WRITE'
                  and not exists (select from embedding_task as searched
                                  where searched.document_id = next.document_id and searched.vector_set = :searched)
                limit 1) as lagging
            """;

    private static final String DROP = """
            delete from embedding_task where ctid = any(array(
                select ctid from embedding_task where collection_id = :collection and vector_set = :vector_set limit :limit))
            """;
    private static final int DROPPED_AT_ONCE = 10_000;

    private static final String SWEEP = """
            with page as (
                select id from document where collection_id = :collection and id > :after order by id limit :limit),
            vectors as (delete from chunk where document_id in (select id from page) and vector_set = :vector_set),
            tasks as (delete from embedding_task where document_id in (select id from page) and vector_set = :vector_set)
            select id from page order by id desc limit 1
            """;

    /** Adds tasks of a job to embed those of the documents that have no vectors in a new set yet. The documents' rows must be locked. */
    public Uni<Void> make(UUID jobId, VectorSet set, List<UUID> documentIds) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET.formatted(SetSql.embeddedIn(set)))
                        .setParameter("vector_set", set.number())
                        .setParameter("documents", documentIds.toArray(UUID[]::new))
                        .executeUpdate())
                .chain(() -> Panache.getSession())
                .chain(session -> session.createNativeQuery(MAKE)
                        .setParameter("job", jobId)
                        .setParameter("vector_set", set.number())
                        .setParameter("documents", documentIds.toArray(UUID[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Whether a set is still to get vectors that any job has asked for. */
    public Uni<Boolean> isUnderWay(UUID collectionId, VectorSet set) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(UNDER_WAY, Long.class)
                        .setParameter("collection", collectionId)
                        .setParameter("vector_set", set.number())
                        .getSingleResult())
                .map(count -> count > 0);
    }

    /** Whether a document that was written has its vectors in the set that searches use, and is still to get them in the next one. */
    public Uni<Boolean> isLagging(UUID collectionId, VectorSet next, VectorSet searched) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LAGGING, Long.class)
                        .setParameter("collection", collectionId)
                        .setParameter("next", next.number())
                        .setParameter("searched", searched.number())
                        .getSingleResult())
                .map(lagging -> lagging > 0);
    }

    /** Deletes the tasks of a set, in several statements. */
    public Uni<Void> drop(UUID collectionId, VectorSet set) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(DROP)
                        .setParameter("collection", collectionId)
                        .setParameter("vector_set", set.number())
                        .setParameter("limit", DROPPED_AT_ONCE)
                        .executeUpdate())
                .chain(count -> count < DROPPED_AT_ONCE ? Uni.createFrom().voidItem() : drop(collectionId, set));
    }

    /**
     * Deletes a dropped set's chunks and tasks of the next documents of a collection after {@code after}, by id. Returns the last of these
     * documents; null at the end.
     */
    public Uni<@Nullable UUID> sweep(UUID collectionId, int vectorSet, UUID after, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(SWEEP, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("vector_set", vectorSet)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getSingleResultOrNull());
    }
}
