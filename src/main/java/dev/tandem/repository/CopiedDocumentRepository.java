package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.transfer.CopiedDocument;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What running copies know of documents, by key: what they have written into their successors, and what is a client's there. The rows stay until the job
 * has ended, so that what the source deletes and writes again is still known.
 */
@Singleton
public class CopiedDocumentRepository {

    private static final String NO_DOCUMENT = "cast('00000000-0000-0000-0000-000000000000' as uuid)";

    /** A negative version also says that what the source has now breaks the successor's rules. */
    private static final String WRITTEN =
            "case when copied_document.version < 0 then -1 - copied_document.version else copied_document.version end";

    private static final String OF = """
            select key, document_id, copy_id, %s, expires_at, version < 0 from copied_document
            where job_id = :job and document_id = any(cast(:ids as uuid[]))
            """.formatted(WRITTEN);

    /**
     * A key is free if the copy has written nothing with it, or if that has expired or was deleted by the copy itself. It is no more when a client has
     * deleted a document with it since. Another document may have the key and the version of a deleted one.
     */
    private static final String KNOWN = """
            with known as (
                select key, document_id, copy_id, expires_at, version < 0 as is_refused, %s as version
                from copied_document where job_id = :job and key = any(cast(:keys as text[]))),
            wanted as (
                select asked.key, document_id, copy_id, expires_at, is_refused, version,
                       coalesce(version = 0 or expires_at <= now(), version is null) as is_free
                from unnest(cast(:keys as text[])) as asked (key) left join known on known.key = asked.key)
            select wanted.key,
                   case when not is_free then
                            case when exists (select from document where document.id = copy_id) then wanted.version else -1 end
                        when exists (select from revision
                                     where revision.collection_id = :successor and revision.key = wanted.key and ending = 'DELETED'
                                       and (wanted.expires_at is null or revision.ended_at > wanted.expires_at
                                            or revision.document_id = wanted.copy_id)) then -1
                        else 0 end,
                   coalesce(document_id <> %s, false), coalesce(is_refused, false)
            from wanted
            """.formatted(WRITTEN, NO_DOCUMENT);

    private static final String PUT = """
            insert into copied_document (job_id, key, document_id, copy_id, version, expires_at)
            select :job, * from unnest(cast(:keys as text[]), cast(:ids as uuid[]), cast(:copies as uuid[]), cast(:versions as bigint[]),
                                       cast(cast(:expiries as text[]) as timestamptz[]))
            on conflict on constraint pk_copied_document do update
            set document_id = excluded.document_id, copy_id = excluded.copy_id, version = excluded.version, expires_at = excluded.expires_at
            """;

    /** What expires is not marked for good: whether it went by itself or by a client may not be known yet. */
    private static final String LEAVE = """
            insert into copied_document (job_id, key, document_id, copy_id, version)
            select :job, key, id, %1$s, 1 from unnest(cast(:keys as text[]), cast(:ids as uuid[])) as left_to_client (key, id)
            on conflict on constraint pk_copied_document do update
            set document_id = excluded.document_id,
                copy_id = case when %2$s > 0 and copied_document.expires_at is not null then copied_document.copy_id else excluded.copy_id end,
                version = case when %2$s > 0 and copied_document.expires_at is not null then %2$s else 1 end,
                expires_at = case when %2$s > 0 then copied_document.expires_at end
            """.formatted(NO_DOCUMENT, "(" + WRITTEN + ")");

    private static final String REFUSE = """
            insert into copied_document (job_id, key, document_id, copy_id, version)
            select :job, key, id, %s, -1 from unnest(cast(:keys as text[]), cast(:ids as uuid[])) as refused (key, id)
            on conflict on constraint pk_copied_document do update
            set document_id = excluded.document_id, version = -1 - (%s)
            """.formatted(NO_DOCUMENT, WRITTEN);

    private static final String REMOVE = """
            update copied_document set document_id = %1$s, copy_id = %1$s, version = 0, expires_at = now()
            where job_id = :job and key = any(cast(:keys as text[]))
            """.formatted(NO_DOCUMENT);

    private static final String LOSE = """
            update copied_document set document_id = %s, version = %s where job_id = :job and key = any(cast(:keys as text[]))
            """.formatted(NO_DOCUMENT, WRITTEN);

    /** The rows of a job that has ended are found by its id: rows of others are not looked through. */
    private static final String PRUNE = """
            with left_over as materialized (
                select copied.job_id, copied.key
                from job cross join lateral (
                    select job_id, key from copied_document where copied_document.job_id = job.id
                    limit :limit for update skip locked) as copied
                where job.ended_at is not null and job.kind = :kind limit :limit)
            delete from copied_document using left_over
            where copied_document.job_id = left_over.job_id and copied_document.key = left_over.key
            """;

    /** What the copy knows of these documents of the source. */
    public Uni<List<CopiedDocument>> of(UUID jobId, Collection<UUID> ids) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF, Object[].class)
                        .setParameter("job", jobId)
                        .setParameter("ids", ids.toArray(UUID[]::new))
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new CopiedDocument(
                                (String) row[0],
                                Rows.id(row[1]),
                                Rows.id(row[2]),
                                Rows.number(row[3]),
                                row[4] == null ? null : Rows.instant(row[4]),
                                (boolean) row[5]))
                        .toList());
    }

    /**
     * What a copy knows of a key.
     *
     * @param version that the copy has written and a client has left there; 0 if there must be none, and -1 if a client has the key now
     * @param isCounted whether the source had such a document when the copy looked last
     * @param isRefused whether that broke the successor's rules
     */
    public record Known(long version, boolean isCounted, boolean isRefused) {}

    /** By key, each of them. The documents of the successor with these keys must be locked. */
    public Uni<Map<String, Known>> known(UUID jobId, UUID successor, Collection<String> keys) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(KNOWN, Object[].class)
                        .setParameter("job", jobId)
                        .setParameter("successor", successor)
                        .setParameter("keys", keys.toArray(String[]::new))
                        .getResultList())
                .map(rows -> rows.stream()
                        .collect(toMap(
                                row -> (String) row[0],
                                row -> new Known(Rows.number(row[1]), (boolean) row[2], (boolean) row[3]))));
    }

    /** Remembers what the copy has written; each key is there once. */
    public Uni<Void> putAll(UUID jobId, List<CopiedDocument> copied) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PUT)
                .setParameter("job", jobId)
                .setParameter("keys", Columns.texts(copied, CopiedDocument::key))
                .setParameter("ids", Columns.ids(copied, CopiedDocument::id))
                .setParameter("copies", Columns.ids(copied, CopiedDocument::copyId))
                .setParameter("versions", Columns.numbers(copied, CopiedDocument::version))
                .setParameter(
                        "expiries",
                        Columns.texts(
                                copied,
                                document -> document.expiresAt() == null
                                        ? null
                                        : document.expiresAt().toString()))
                .executeUpdate()
                .replaceWithVoid());
    }

    /**
     * Remembers that these keys are a client's in the successor.
     *
     * @param keys each with the id of the source's document
     */
    public Uni<Void> leaveAll(UUID jobId, Map<String, UUID> keys) {
        return noted(LEAVE, jobId, keys);
    }

    /**
     * Remembers that these documents of the source break the successor's rules.
     *
     * @param keys each with the id of the source's document
     */
    public Uni<Void> refuseAll(UUID jobId, Map<String, UUID> keys) {
        return noted(REFUSE, jobId, keys);
    }

    private static Uni<Void> noted(String statement, UUID jobId, Map<String, UUID> keys) {
        List<Map.Entry<String, UUID>> entries = List.copyOf(keys.entrySet());
        return Panache.getSession().chain(session -> session.createNativeQuery(statement)
                .setParameter("job", jobId)
                .setParameter("keys", Columns.texts(entries, Map.Entry::getKey))
                .setParameter("ids", Columns.ids(entries, Map.Entry::getValue))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Remembers that the copy has deleted these in the successor, in the present transaction, because the source has them no longer. */
    public Uni<Void> removeAll(UUID jobId, Collection<String> keys) {
        return changed(REMOVE, jobId, keys);
    }

    /** Remembers that the source has these no longer, and that nothing was deleted in the successor. */
    public Uni<Void> loseAll(UUID jobId, Collection<String> keys) {
        return changed(LOSE, jobId, keys);
    }

    private static Uni<Void> changed(String statement, UUID jobId, Collection<String> keys) {
        return Panache.getSession().chain(session -> session.createNativeQuery(statement)
                .setParameter("job", jobId)
                .setParameter("keys", keys.toArray(String[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Deletes what ended jobs of a kind have left; returns how many rows. */
    public Uni<Integer> prune(String kind, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("kind", kind)
                .setParameter("limit", limit)
                .executeUpdate());
    }
}
