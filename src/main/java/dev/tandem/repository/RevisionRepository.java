package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.entity.RevisionEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.mapper.RevisionMapper;
import dev.tandem.domain.Page;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.document.Revision;
import dev.tandem.domain.document.Revision.ChangedPart;
import dev.tandem.domain.embedding.VectorSet;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The revisions of documents. */
@Singleton
public class RevisionRepository {

    private static final String REPLACED = "REPLACED";
    private static final String DELETED = "DELETED";
    private static final String EXPIRED = "EXPIRED";

    private static final TableColumns<RevisionEntity> KEPT =
            TableColumns.of(RevisionEntity.class).sharedWith(TableColumns.of(DocumentEntity.class));

    /** A document without a model's vectors has an own vector or none. */
    static final String KEEP = """
            insert into revision (document_id, %s, embedding, ending, ended_at, ended_by)
            select document.id, %s,
                   (select embedding from chunk
                    where chunk.document_id = document.id and vector_set = :vector_set and %s is null and ordinal = 0),
                   :ending, now(), ended.author
            from unnest(cast(:documents as uuid[]), cast(:authors as text[])) as ended (id, author)
            join document on document.id = ended.id
            """.formatted(KEPT.names(), KEPT.namesIn("document"), SetSql.EMBEDDED);
    /**
     * Each version is compared with the one before it. So the last version on a page needs one more row, beyond the page. A document whose time
     * is over has expired, whether its row is still there or not.
     */
    static final String LIST = """
            with version as (
                select version, title, content, metadata, content_hash, updated_at, author, expires_at,
                       (select embedding from chunk
                        where chunk.document_id = document.id and vector_set = :vector_set and %s is null and ordinal = 0)
                           as embedding,
                       case when %s then expires_at end as expired_at,
                       cast(null as timestamptz) as deleted_at, cast(null as text) as deleted_by
                from document where id = :document
                union all
                select version, title, content, metadata, content_hash, updated_at, author, expires_at, embedding,
                       case when ending = 'EXPIRED' then expires_at end,
                       case when ending = 'DELETED' then ended_at end, case when ending = 'DELETED' then ended_by end
                from revision where document_id = :document),
            page as (select * from version where version < :before order by version desc limit :limit)
            select version, updated_at, author, case when version = lag(version) over past + 1 then concat_ws(',',
                       case when title is distinct from lag(title) over past then 'TITLE' end,
                       case when content_hash <> lag(content_hash) over past
                                 and content is distinct from lag(content) over past then 'CONTENT' end,
                       case when metadata <> lag(metadata) over past then 'METADATA' end,
                       case when embedding is distinct from lag(embedding) over past then 'VECTOR' end,
                       case when expires_at is distinct from lag(expires_at) over past then 'EXPIRY' end) end,
                   expired_at, deleted_at, deleted_by
            from page window past as (order by version) order by version desc
            """.formatted(SetSql.EMBEDDED, Expiry.OVER.sql());
    /** What was replaced has had a version after it, even if the history has been turned off since. */
    static final String LAST_VERSIONS = """
            select key, max(case when ending = 'REPLACED' then version + 1 else version end)
            from revision where collection_id = :collection and key = any(cast(:keys as text[])) group by key
            """;

    /**
     * Reads the next rows in the order of their key, and deletes those that their collection no longer keeps or whose collection does not
     * exist, and those that would make the revisions of their document too large.
     */
    private static final String PRUNE = """
            with step as (
                select document_id, version, collection_id, ended_at from revision
                where (document_id, version) > (:document, :version) order by document_id, version limit :limit),
            newest as (
                select document_id, version, sum(coalesce(octet_length(content), 0) + pg_column_size(metadata))
                           over (partition by document_id order by version desc) as octets
                from revision where document_id in (select document_id from step)),
            gone as (
                delete from revision using step
                left join collection on collection.id = step.collection_id
                left join newest on newest.document_id = step.document_id and newest.version = step.version
                where revision.document_id = step.document_id and revision.version = step.version
                  and (collection.id is null
                       or newest.octets > :octets
                       or step.ended_at < now() - make_interval(days => coalesce(cast(settings ->> 'maxDays' as int), :days))
                       or step.version <= (select max(later.version) from revision as later
                                           where later.document_id = step.document_id)
                                          - coalesce(cast(settings ->> 'maxVersions' as int), :versions)))
            select document_id, version from step order by document_id desc, version desc limit 1
            """;

    private final RevisionMapper mapper;

    RevisionRepository(RevisionMapper mapper) {
        this.mapper = mapper;
    }

    /** Stores the present rows of documents as revisions, before these successors replace them. */
    public Uni<Void> keepReplaced(VectorSet searched, List<Document> successors) {
        return keep(
                searched,
                REPLACED,
                successors.stream().map(Document::id).toArray(UUID[]::new),
                successors.stream().map(Document::author).toArray(String[]::new));
    }

    /** Stores the present rows of documents as revisions, before the author deletes them. */
    public Uni<Void> keepDeleted(VectorSet searched, List<Document> deleted, @Nullable String author) {
        @Nullable String[] authors = new String[deleted.size()];
        Arrays.fill(authors, author);
        return keep(searched, DELETED, deleted.stream().map(Document::id).toArray(UUID[]::new), authors);
    }

    /** Stores the present rows of documents as revisions, before they are deleted because their time is over. */
    public Uni<Void> keepExpired(VectorSet searched, List<UUID> expired) {
        return keep(searched, EXPIRED, expired.toArray(UUID[]::new), new String[expired.size()]);
    }

    /** A revision with its own vector, if it had one; null if it isn't kept. */
    public Uni<@Nullable DocumentState> find(UUID documentId, long version) {
        return Rows.only(RevisionEntity.<RevisionEntity>find("documentId = ?1 and version = ?2", documentId, version))
                .map(this::toDomain);
    }

    /** The last version of the document that was last deleted under this key, or expired; null if no such document is kept. */
    public Uni<@Nullable DocumentState> lastDeleted(UUID collectionId, String key) {
        return RevisionEntity.<RevisionEntity>find(
                        "collectionId = ?1 and key = ?2 and ending in ?3 order by endedAt desc, version desc",
                        collectionId,
                        key,
                        List.of(DELETED, EXPIRED))
                .firstResult()
                .map(this::toDomain);
    }

    /**
     * New documents of a collection, in their order. One whose key another document had goes on from the last version of that one, as far as it is
     * kept. A deletion that another transaction is making counts only if this one has waited for it, by locking the document's row.
     */
    public Uni<List<DocumentState>> goingOn(UUID collectionId, List<DocumentState> added) {
        String[] keys = added.stream()
                .map(DocumentState::document)
                .filter(Document::hasChosenKey)
                .map(Document::key)
                .toArray(String[]::new);
        return keys.length == 0
                ? Uni.createFrom().item(added)
                : lastVersions(collectionId, keys).map(last -> added.stream()
                        .map(one -> one.of(one.document()
                                .goingOnFrom(last.getOrDefault(one.document().key(), 0L))))
                        .toList());
    }

    private static Uni<Map<String, Long>> lastVersions(UUID collectionId, String[] keys) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LAST_VERSIONS, Object[].class)
                        .setParameter("collection", collectionId)
                        .setParameter("keys", keys)
                        .getResultList())
                .map(rows -> rows.stream().collect(toMap(row -> (String) row[0], row -> Rows.number(row[1]))));
    }

    /** The versions of a document before {@code before}, newest first, including the present one; null starts with the newest. */
    public Uni<Page<Revision>> list(VectorSet searched, UUID documentId, @Nullable Long before, int limit) {
        return Pages.read(limit, atMost -> Panache.getSession()
                .chain(session -> session.createNativeQuery(LIST, Object[].class)
                        .setParameter("vector_set", searched.number())
                        .setParameter("document", documentId)
                        .setParameter("before", before == null ? Long.MAX_VALUE : before)
                        .setParameter("limit", atMost)
                        .getResultList())
                .map(rows -> rows.stream().map(RevisionRepository::revision).toList()));
    }

    /**
     * A place in the walk over all revisions.
     *
     * @param version of the document
     */
    public record Place(UUID documentId, long version) {

        /** Before every row. */
        public static final Place BEGINNING = new Place(new UUID(0, 0), 0);
    }

    /**
     * Examines the next rows after a place, and deletes those that are no longer kept. Returns the last row examined, or null at the end.
     *
     * @param octets how large the revisions of a document may be together
     */
    public Uni<@Nullable Place> prune(Place behind, int limit, long octets) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PRUNE, Object[].class)
                        .setParameter("document", behind.documentId())
                        .setParameter("version", behind.version())
                        .setParameter("limit", limit)
                        .setParameter("octets", octets)
                        .setParameter("days", HistorySettings.DEFAULT.maxDays())
                        .setParameter("versions", HistorySettings.DEFAULT.maxVersions())
                        .getSingleResultOrNull())
                .map(row -> row == null ? null : new Place(Rows.id(row[0]), Rows.number(row[1])));
    }

    private static Uni<Void> keep(VectorSet searched, String ending, UUID[] documents, @Nullable String[] authors) {
        return Panache.getSession().chain(session -> session.createNativeQuery(KEEP)
                .setParameter("vector_set", searched.number())
                .setParameter("ending", ending)
                .setParameter("documents", documents)
                .setParameter("authors", authors)
                .executeUpdate()
                .replaceWithVoid());
    }

    private @Nullable DocumentState toDomain(@Nullable RevisionEntity row) {
        return row == null ? null : mapper.toDomain(row);
    }

    private static Revision revision(Object[] row) {
        String changed = (String) row[3];
        return new Revision(
                Rows.number(row[0]),
                Rows.instant(row[1]),
                (String) row[2],
                changed == null ? null : parts(changed),
                row[5] == null ? null : new Revision.Deletion(Rows.instant(row[5]), (String) row[6]),
                row[4] == null ? null : Rows.instant(row[4]));
    }

    private static List<ChangedPart> parts(String names) {
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(ChangedPart::valueOf)
                .toList();
    }
}
