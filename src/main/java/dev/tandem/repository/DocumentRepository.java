package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentPage;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.search.DocumentQuery;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The documents, as they are in their rows. */
@Singleton
public class DocumentRepository {

    private static final String BY_KEY = "collectionId = ?1 and key = ?2";

    private final DocumentMapper mapper;
    private final DocumentLists lists;

    DocumentRepository(DocumentMapper mapper, DocumentLists lists) {
        this.mapper = mapper;
        this.lists = lists;
    }

    /** Fails with {@link dev.tandem.domain.error.Refusal.Conflict} if the key is taken. */
    public Uni<Void> add(Document document) {
        return mapper.toEntity(document).persistAndFlush().replaceWithVoid();
    }

    /** Null where there is none. */
    public Uni<@Nullable Document> find(UUID collectionId, String key) {
        return DocumentEntity.<DocumentEntity>find(BY_KEY, collectionId, key)
                .firstResult()
                .map(this::toDomain);
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    public Uni<@Nullable Document> lock(UUID collectionId, String key) {
        return DocumentEntity.<DocumentEntity>find(BY_KEY, collectionId, key)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .map(this::toDomain);
    }

    /** Those of them that there are; nobody else changes them until the transaction ends. */
    public Uni<List<Document>> lockAll(Collection<UUID> ids) {
        // Always in the same order, so that two who lock the same ones wait for each other instead of blocking each
        // other.
        return DocumentEntity.<DocumentEntity>find("id in ?1 order by id", List.copyOf(ids))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list()
                .map(this::toDomain);
    }

    /** Writes a document that this transaction has locked. */
    public Uni<Void> replace(Document document) {
        return replaceAll(List.of(document));
    }

    /** Writes documents that this transaction has locked. */
    public Uni<Void> replaceAll(List<Document> replaced) {
        Uni<Void> copied = Uni.createFrom().voidItem();
        for (Document document : replaced) {
            // A locked row is in the session already: nothing is read here.
            copied = copied.chain(() -> DocumentEntity.<DocumentEntity>findById(document.id()))
                    .invoke(row -> mapper.copy(document, row))
                    .replaceWithVoid();
        }
        return copied.chain(Panache::flush);
    }

    /** Removes a document with its passages and its embedding task. */
    public Uni<Void> remove(Document document) {
        return DocumentEntity.delete("id", document.id()).replaceWithVoid();
    }

    /** Those of them that there are, in no order. */
    public Uni<List<Document>> byIds(Collection<UUID> ids) {
        return DocumentEntity.<DocumentEntity>find("id in ?1", List.copyOf(ids))
                .list()
                .map(this::toDomain);
    }

    /** The next documents of a collection by id, behind {@code after}; null begins. */
    public Uni<List<Document>> slice(UUID collectionId, @Nullable UUID after, int limit) {
        var query = after == null
                ? DocumentEntity.<DocumentEntity>find("collectionId = ?1 order by id", collectionId)
                : DocumentEntity.<DocumentEntity>find("collectionId = ?1 and id > ?2 order by id", collectionId, after);
        return query.page(0, limit).list().map(this::toDomain);
    }

    public Uni<DocumentPage> page(UUID collectionId, DocumentQuery query) {
        return lists.rows(collectionId, query).map(this::toDomain).chain(documents -> lists.count(collectionId, query)
                .map(count -> page(documents, query, count)));
    }

    private static DocumentPage page(List<Document> documents, DocumentQuery query, @Nullable Long count) {
        boolean more = documents.size() > query.limit();
        List<Document> shown = more ? documents.subList(0, query.limit()) : documents;
        return new DocumentPage(shown, more ? Keyset.behind(shown.getLast(), query.order()) : null, count);
    }

    private List<Document> toDomain(List<DocumentEntity> rows) {
        return rows.stream().map(mapper::toDomain).toList();
    }

    private @Nullable Document toDomain(@Nullable DocumentEntity row) {
        return row == null ? null : mapper.toDomain(row);
    }
}
