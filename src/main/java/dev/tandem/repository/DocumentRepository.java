package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentPage;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.document.OwnVectorRules.Present;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents, as they are in their rows. */
@Singleton
public class DocumentRepository {

    private static final String BY_KEY = "collectionId = ?1 and key = ?2";

    /** By id, as all who lock several do: in one order, nobody blocks whoever blocks him. */
    private static final String LOCK_BY_KEYS = """
            select id from document where collection_id = :collection and key = any(cast(:keys as text[])) order by id for update
            """;

    /** Asked when they are locked: a statement that has waited for a lock sees the row anew, but not its passages. */
    private static final String LOCKED = """
            select key, version, id, coalesce(octet_length(content), 0) + pg_column_size(metadata), content_hash,
                   embedded_version is null and exists (select 1 from chunk where document_id = document.id)
            from document where id = any(cast(:ids as uuid[])) order by id
            """;

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);

    /** One statement however many rows. */
    static final String INSERT = """
            insert into document (%s) select * from unnest(%s)
            """.formatted(COLUMNS.names(), COLUMNS.arrays());

    private static final TableColumns<DocumentEntity> UPDATABLE = COLUMNS.updatable();
    static final String REPLACE = """
            update document set %s from unnest(%s) as written (%s) where document.id = written.id
            """.formatted(UPDATABLE.assignmentsFrom("written"), UPDATABLE.arrays(), UPDATABLE.names());

    private static final String SET_EMBEDDED = """
            update document set embedded_version = version where id = any(cast(:ids as uuid[]))
            """;

    /** So many documents may be in a page however large they are. */
    static final int SMALL_PAGE = 5;

    /** In bytes, as {@link Sized} counts them. */
    static final long LARGEST_PAGE = 8 << 20;

    private static final String AHEAD = """
            select id from document where collection_id = :collection and id > :after and id <= :until
            order by id offset :others limit 1
            """;
    private static final String LAST =
            "select id from document where collection_id = :collection order by id desc limit 1";
    private static final String LOCK_EMBEDDED = """
            select id from document
            where collection_id = :collection and id > :after and id <= :until
              and (embedded_version is not null
                   or exists (select 1 from embedding_task where embedding_task.document_id = document.id))
            order by id limit :limit for no key update
            """;

    private final DocumentMapper mapper;
    private final DocumentLists lists;

    DocumentRepository(DocumentMapper mapper, DocumentLists lists) {
        this.mapper = mapper;
        this.lists = lists;
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if the key is taken. */
    public Uni<Void> add(Document document) {
        return addAll(List.of(document));
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if one of the keys is taken. */
    public Uni<Void> addAll(List<Document> documents) {
        List<DocumentEntity> rows = documents.stream().map(mapper::toEntity).toList();
        return Panache.getSession()
                .chain(session -> COLUMNS.bind(session.createNativeQuery(INSERT), rows).executeUpdate())
                .replaceWithVoid();
    }

    /** Null where there is none. */
    public Uni<@Nullable Document> find(UUID collectionId, String key) {
        return one(
                DocumentEntity.<DocumentEntity>find(BY_KEY, collectionId, key).firstResult());
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    public Uni<@Nullable Document> lock(UUID collectionId, String key) {
        return one(DocumentEntity.<DocumentEntity>find(BY_KEY, collectionId, key)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult());
    }

    /** A document whose row is locked and has not been read. */
    public record Locked(String key, long version, Sized size, Present present) {}

    /** Those that there are; nobody else changes them until the transaction ends. */
    public Uni<List<Locked>> lockByKeys(UUID collectionId, Collection<String> keys) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK_BY_KEYS, UUID.class)
                        .setParameter("collection", collectionId)
                        .setParameter("keys", keys.toArray(String[]::new))
                        .getResultList()
                        .chain(ids -> ids.isEmpty()
                                ? Uni.createFrom().item(List.<Object[]>of())
                                : session.createNativeQuery(LOCKED, Object[].class)
                                        .setParameter("ids", ids.toArray(UUID[]::new))
                                        .getResultList()))
                .map(rows -> rows.stream()
                        .map(row -> new Locked(
                                (String) row[0],
                                Rows.number(row[1]),
                                new Sized(Rows.id(row[2]), Rows.number(row[3])),
                                new Present(new ContentHash((String) row[4]), (Boolean) row[5])))
                        .toList());
    }

    /** Those of them that there are; nobody else changes them until the transaction ends. */
    public Uni<List<Document>> lockAll(Collection<UUID> ids) {
        // Always in the same order, so that two who lock the same ones wait for each other instead of blocking each
        // other.
        return all(DocumentEntity.<DocumentEntity>find("id in ?1 order by id", List.copyOf(ids))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list());
    }

    /**
     * How large a document is.
     *
     * @param bytes about: of its content and its metadata
     */
    public record Sized(UUID id, long bytes) {

        /** How many of the first are no larger than that together; one always fits. */
        public static int fitting(List<Sized> documents, long largest) {
            long bytes = 0;
            int fitting = 0;
            for (Sized document : documents) {
                bytes += document.bytes;
                if (fitting > 0 && bytes > largest) {
                    break;
                }
                fitting++;
            }
            return fitting;
        }
    }

    /** How large the first documents by id are that a filter matches, behind {@code after} and up to {@code until}. */
    public Uni<List<Sized>> sizes(UUID collectionId, Filter filter, UUID after, UUID until, int limit) {
        return lists.sizes(collectionId, filter, after, until, limit).map(DocumentRepository::sized);
    }

    private static List<Sized> sized(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new Sized(Rows.id(row[0]), ((Number) row[1]).longValue()))
                .toList();
    }

    /**
     * Those of these documents that a filter matches, by id. Nobody else changes them until the transaction ends; what stopped matching
     * before it could be locked is not among them.
     */
    public Uni<List<Document>> lockMatching(UUID collectionId, Filter filter, List<UUID> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of()) : all(lists.locked(collectionId, filter, ids));
    }

    /**
     * The ids of the first documents behind {@code after} and up to {@code until} whose vectors are a model's, or will be. Nobody else
     * changes them until the transaction ends.
     */
    public Uni<List<UUID>> lockEmbedded(UUID collectionId, UUID after, UUID until, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK_EMBEDDED, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("after", after)
                .setParameter("until", until)
                .setParameter("limit", limit)
                .getResultList());
    }

    /** How many documents a filter matches. */
    public Uni<Long> count(UUID collectionId, Filter filter) {
        return lists.count(collectionId, filter);
    }

    /** The id of the document that is so many behind {@code after}; null where that is behind {@code until}, or nowhere. */
    public Uni<@Nullable UUID> ahead(UUID collectionId, UUID after, UUID until, int count) {
        return Panache.getSession().chain(session -> session.createNativeQuery(AHEAD, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("after", after)
                .setParameter("until", until)
                .setParameter("others", count - 1)
                .getSingleResultOrNull());
    }

    /** The greatest id in a collection; null where it is empty. */
    public Uni<@Nullable UUID> last(UUID collectionId) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LAST, UUID.class)
                .setParameter("collection", collectionId)
                .getSingleResultOrNull());
    }

    /** Writes a document that this transaction has locked. */
    public Uni<Void> replace(Document document) {
        return replaceAll(List.of(document));
    }

    /** Writes documents that this transaction has locked. */
    public Uni<Void> replaceAll(List<Document> replaced) {
        List<DocumentEntity> rows = replaced.stream().map(mapper::toEntity).toList();
        return Panache.getSession()
                .chain(session -> UPDATABLE.bind(session.createNativeQuery(REPLACE), rows).executeUpdate())
                .replaceWithVoid();
    }

    /** Notes of documents that this transaction has locked that the text which they have now is embedded. */
    public Uni<Void> setEmbedded(Collection<UUID> ids) {
        return Panache.getSession().chain(session -> session.createNativeQuery(SET_EMBEDDED)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Removes a document with its passages and its embedding task. */
    public Uni<Void> remove(Document document) {
        return removeAll(List.of(document));
    }

    /** Removes documents with their passages and their embedding tasks. */
    public Uni<Void> removeAll(List<Document> documents) {
        List<UUID> ids = documents.stream().map(Document::id).toList();
        return DocumentEntity.delete("id in ?1", ids).replaceWithVoid();
    }

    /** How large those of them are that there are, in bytes as {@link Sized} counts them. */
    public Uni<Map<UUID, Long>> sizes(Collection<UUID> ids) {
        return lists.sizes(ids).map(rows -> sized(rows).stream().collect(toMap(Sized::id, Sized::bytes)));
    }

    /** Those of them that there are, in no order. */
    public Uni<List<Document>> byIds(Collection<UUID> ids) {
        return all(DocumentEntity.<DocumentEntity>find("id in ?1", List.copyOf(ids))
                .list());
    }

    /** A page, which is shorter than it may be where its documents are large. */
    public Uni<DocumentPage> page(UUID collectionId, DocumentQuery query) {
        return fitting(collectionId, query).chain(fitting -> all(lists.rows(collectionId, fitting))
                .chain(documents -> lists.count(collectionId, fitting).map(count -> page(documents, fitting, count))));
    }

    private Uni<DocumentQuery> fitting(UUID collectionId, DocumentQuery query) {
        return query.limit() <= SMALL_PAGE
                ? Uni.createFrom().item(query)
                : lists.sizes(collectionId, query)
                        .map(rows -> Sized.fitting(sized(rows), LARGEST_PAGE))
                        .map(fitting -> query.limitedTo(Math.max(fitting, SMALL_PAGE)));
    }

    private static DocumentPage page(List<Document> documents, DocumentQuery query, @Nullable Long count) {
        boolean more = documents.size() > query.limit();
        List<Document> shown = more ? documents.subList(0, query.limit()) : documents;
        return new DocumentPage(shown, more ? Keyset.behind(shown.getLast(), query.order()) : null, count);
    }

    private Uni<List<Document>> all(Uni<List<DocumentEntity>> rows) {
        return rows.call(read -> forget(read))
                .map(read -> read.stream().map(mapper::toDomain).toList());
    }

    private Uni<@Nullable Document> one(Uni<@Nullable DocumentEntity> row) {
        return row.call(read -> forget(Stream.ofNullable(read).toList()))
                .map(read -> read == null ? null : mapper.toDomain(read));
    }

    /** What the session knows it would answer again, whatever has been written since, and it would keep it to its end. */
    private static Uni<Void> forget(List<DocumentEntity> rows) {
        return Panache.getSession()
                .invoke(session -> rows.forEach(session::detach))
                .replaceWithVoid();
    }
}
