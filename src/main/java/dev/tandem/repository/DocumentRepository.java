package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.document.OwnVectorRules.Present;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The documents as single rows, by key or by id. {@link DocumentPages} reads them as lists. */
@Singleton
public class DocumentRepository {

    @Produces
    @Singleton
    static final ConstraintRefusal KEY_TAKEN =
            new ConstraintRefusal("uq_document_collection_id_key", Document::keyTaken);

    /** A restored document gets its old id back, and two requests may restore it at the same time. */
    @Produces
    @Singleton
    static final ConstraintRefusal ID_TAKEN = new ConstraintRefusal("pk_document", Document::keyTaken);

    @Produces
    @Singleton
    static final ConstraintRefusal COLLECTION_GONE = new ConstraintRefusal(
            "fk_document_collection_id", () -> Refusal.NotFound.gone(dev.tandem.domain.collection.Collection.NOUN));

    private static final String BY_KEY = "collectionId = ?1 and key = ?2 and ";

    private static final String LOCK = "select document, case when " + Expiry.AHEAD.hql()
            + " then true else false end from DocumentEntity document where collectionId = :collection and key = :key";

    /** Ordered by id, like every multi-row lock here, so that two transactions cannot deadlock. */
    private static final String LOCK_BY_KEYS = """
            select id from document where collection_id = :collection and key = any(cast(:keys as text[])) order by id for update
            """;

    /** Runs after the rows are locked: a statement that has waited for a lock sees the new row, but not its new chunks. */
    private static final String LOCKED = """
            select key, version, id, %s, content_hash,
                   %s is null and exists (select 1 from chunk where document_id = document.id and vector_set = :vector_set),
                   coalesce(%s, false)
            from document where id = any(cast(:ids as uuid[])) order by id
            """.formatted(DocumentSizes.SIZE, SetSql.EMBEDDED, Expiry.OVER.sql());

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);

    /** One statement, however many rows. */
    static final String INSERT = """
            insert into document (%s) select * from unnest(%s)
            """.formatted(COLUMNS.names(), COLUMNS.arrays());

    private static final TableColumns<DocumentEntity> UPDATABLE = COLUMNS.updatable();
    static final String REPLACE =
            """
            update document set %s from unnest(%s) as written (%s) where document.id = written.id
            """.formatted(UPDATABLE.assignmentsFrom("written"), UPDATABLE.arrays(), UPDATABLE.names());

    private static final String SET_EMBEDDED = """
            update document set %s = version where id = any(cast(:ids as uuid[]))
            """;

    private final DocumentMapper mapper;
    private final DocumentRows rows;

    DocumentRepository(DocumentMapper mapper, DocumentRows rows) {
        this.mapper = mapper;
        this.rows = rows;
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if the key exists. */
    public Uni<Void> add(Document document) {
        return addAll(List.of(document));
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if one of the keys exists. */
    public Uni<Void> addAll(List<Document> documents) {
        List<DocumentEntity> added = documents.stream().map(mapper::toEntity).toList();
        return Panache.getSession()
                .chain(session ->
                        COLUMNS.bind(session.createNativeQuery(INSERT), added).executeUpdate())
                .replaceWithVoid();
    }

    /** Null if there is no such document in the scope. */
    public Uni<@Nullable Document> find(UUID collectionId, Scope scope, String key) {
        DocumentSelection selection = DocumentSelection.withKey(collectionId, scope.filter(), key);
        return rows.one(DocumentEntity.<DocumentEntity>find(selection.condition(), selection.parameters()));
    }

    /** The document with this key that has expired, but whose row is still there; null if there is none. */
    public Uni<@Nullable Document> findExpired(UUID collectionId, String key) {
        return rows.one(DocumentEntity.<DocumentEntity>find(BY_KEY + Expiry.OVER.hql(), collectionId, key));
    }

    /**
     * Like {@link #find}, in any scope; no other transaction can change the document until this one ends. It waits for whoever deletes a document
     * with this key, also because its time is over, so what follows sees the revision of that one.
     */
    public Uni<@Nullable Document> lock(UUID collectionId, String key) {
        return rows.there(Panache.getSession().chain(session -> session.createSelectionQuery(LOCK, Object[].class)
                .setParameter("collection", collectionId)
                .setParameter("key", key)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()));
    }

    /**
     * A document whose row has been locked, but not read.
     *
     * @param isExpired whether it counts as deleted, although its row is still there
     */
    public record Locked(String key, long version, DocumentSize size, Present present, boolean isExpired) {}

    /** The rows among these, also of documents that have expired. No other transaction can change them until this one ends. */
    public Uni<List<Locked>> lockByKeys(dev.tandem.domain.collection.Collection owner, Collection<String> keys) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK_BY_KEYS, UUID.class)
                        .setParameter("collection", owner.id())
                        .setParameter("keys", keys.toArray(String[]::new))
                        .getResultList()
                        .chain(ids -> ids.isEmpty()
                                ? Uni.createFrom().item(List.<Object[]>of())
                                : session.createNativeQuery(LOCKED, Object[].class)
                                        .setParameter("ids", ids.toArray(UUID[]::new))
                                        .setParameter(
                                                "vector_set", owner.searched().number())
                                        .getResultList()))
                .map(locked -> locked.stream()
                        .map(row -> new Locked(
                                (String) row[0],
                                Rows.number(row[1]),
                                new DocumentSize(Rows.id(row[2]), Rows.number(row[3])),
                                new Present(new ContentHash((String) row[4]), (Boolean) row[5]),
                                (Boolean) row[6]))
                        .toList());
    }

    /** The existing documents among these. No other transaction can change them until this one ends. */
    public Uni<List<Document>> lockAll(Collection<UUID> ids) {
        // Always ordered by id, so that two transactions with the same documents cannot deadlock.
        return rows.all(
                DocumentEntity.<DocumentEntity>find(Among.hql("id", "?1", ids) + " order by id", Among.value(ids))
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .list());
    }

    /** Writes a document that this transaction has locked. */
    public Uni<Void> replace(Document document) {
        return replaceAll(List.of(document));
    }

    /** Writes documents that this transaction has locked. */
    public Uni<Void> replaceAll(List<Document> replaced) {
        List<DocumentEntity> written = replaced.stream().map(mapper::toEntity).toList();
        return Panache.getSession()
                .chain(session -> UPDATABLE
                        .bind(session.createNativeQuery(REPLACE), written)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Marks the present text of these documents as embedded by the set's model. This transaction must have locked them. */
    public Uni<Void> setEmbedded(VectorSet set, Collection<UUID> ids) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SET_EMBEDDED.formatted(SetSql.embeddedIn(set)))
                        .setParameter("ids", ids.toArray(UUID[]::new))
                        .executeUpdate()
                        .replaceWithVoid());
    }

    /** Deletes a document with its chunks and its embedding task. */
    public Uni<Void> remove(Document document) {
        return removeAll(List.of(document));
    }

    /** Deletes documents with their chunks and their embedding tasks. */
    public Uni<Void> removeAll(List<Document> documents) {
        return removeByIds(documents.stream().map(Document::id).toList());
    }

    /** The same for documents that have not been read. */
    public Uni<Void> removeByIds(List<UUID> ids) {
        return FreshPlans.toDelete(ids.size())
                .chain(() -> DocumentEntity.delete(Among.hql("id", "?1", ids), Among.value(ids)))
                .replaceWithVoid();
    }

    /** The sizes of the existing documents among these, in bytes as {@link DocumentSize} counts them. */
    public Uni<Map<UUID, Long>> sizes(Collection<UUID> ids) {
        return DocumentEntity.find(DocumentRows.SIZES + Among.hql("id", "?1", ids), Among.value(ids))
                .project(Object[].class)
                .list()
                .map(found -> DocumentRows.sizes(found).stream().collect(toMap(DocumentSize::id, DocumentSize::bytes)));
    }

    /** The existing documents among these, in no particular order. */
    public Uni<List<Document>> byIds(Collection<UUID> ids) {
        return rows.all(DocumentEntity.<DocumentEntity>find(Among.hql("id", "?1", ids), Among.value(ids))
                .list());
    }
}
