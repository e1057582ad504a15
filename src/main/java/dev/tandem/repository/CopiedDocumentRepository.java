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

/** What running copies have written into their successors. */
@Singleton
public class CopiedDocumentRepository {

    private static final String OF = """
            select key, document_id, copy_id, version, expires_at from copied_document
            where job_id = :job and document_id = any(cast(:ids as uuid[]))
            """;

    /** What has expired has gone by itself, and no client has deleted it. Another document may have the key and the version of a deleted one. */
    private static final String VERSIONS = """
            select key, case when expires_at <= now() then 0
                             when exists (select from document where document.id = copy_id) then version
                             else -1 end
            from copied_document where job_id = :job and key = any(cast(:keys as text[]))
            """;

    private static final String PUT = """
            insert into copied_document (job_id, key, document_id, copy_id, version, expires_at)
            select :job, * from unnest(cast(:keys as text[]), cast(:ids as uuid[]), cast(:copies as uuid[]), cast(:versions as bigint[]),
                                       cast(cast(:expiries as text[]) as timestamptz[]))
            on conflict on constraint pk_copied_document do update
            set document_id = excluded.document_id, copy_id = excluded.copy_id, version = excluded.version, expires_at = excluded.expires_at
            """;

    private static final String REMOVE = """
            delete from copied_document where job_id = :job and key = any(cast(:keys as text[]))
            """;

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

    /** What the copy has written of these documents of the source. */
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
                                row[4] == null ? null : Rows.instant(row[4])))
                        .toList());
    }

    /**
     * By key: the version that the copy has written in the successor; 0 if that has expired meanwhile, and -1 if a client has deleted it. The
     * documents with these keys must be locked.
     */
    public Uni<Map<String, Long>> versions(UUID jobId, Collection<String> keys) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(VERSIONS, Object[].class)
                        .setParameter("job", jobId)
                        .setParameter("keys", keys.toArray(String[]::new))
                        .getResultList())
                .map(rows -> rows.stream().collect(toMap(row -> (String) row[0], row -> Rows.number(row[1]))));
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

    /** Forgets what has been deleted in the successor. */
    public Uni<Void> removeAll(UUID jobId, Collection<String> keys) {
        return Panache.getSession().chain(session -> session.createNativeQuery(REMOVE)
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
