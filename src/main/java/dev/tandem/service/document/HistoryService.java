package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Revision;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.RevisionRepository;
import dev.tandem.repository.RevisionRepository.Place;
import dev.tandem.service.Portions;
import dev.tandem.service.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of documents. A key leads to the history of the document that has it; if there is none, to the history of the document that
 * was last deleted under it, or has expired.
 */
@ApplicationScoped
public class HistoryService {

    private static final int LOOKED_AT_ONCE = 1_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final RevisionRepository revisions;
    private final Quotas quotas;

    private volatile Place pruned = Place.BEGINNING;

    HistoryService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            RevisionRepository revisions,
            Quotas quotas) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.revisions = revisions;
        this.quotas = quotas;
    }

    /** The versions of a document before {@code before}, newest first; null starts with the newest. */
    public Uni<Page<Revision>> list(String collection, String key, @Nullable Long before, int limit) {
        return unitOfWork.heavy().read(() -> collections.get(collection).chain(owner -> newest(owner, key)
                .chain(document -> revisions.list(owner.searched(), document.id(), before, limit))));
    }

    /** A document as it was at a version, which may be the present one. Fails with {@link Refusal.NotFound} if that version isn't kept. */
    public Uni<Document> get(String collection, String key, long version) {
        return unitOfWork.read(() -> collections
                .get(collection)
                .chain(owner -> newest(owner, key))
                .chain(document -> document.version() == version
                        ? Uni.createFrom().item(document)
                        : earlier(document.id(), version)));
    }

    /** Deletes revisions that their collections no longer keep, or that are too large together, in steps. The next call continues where this one stopped. */
    public Uni<Void> prune() {
        return Portions.each(() -> unitOfWork
                .write(() -> revisions.prune(pruned, LOOKED_AT_ONCE, quotas.history()))
                .map(place -> {
                    pruned = place == null ? Place.BEGINNING : place;
                    return place != null;
                }));
    }

    /** The present version, or the last one of a deleted or expired document. */
    private Uni<Document> newest(Collection owner, String key) {
        return documents
                .find(owner.id(), Scope.EVERYTHING, key)
                .chain(current ->
                        current == null ? expired(owner, key) : Uni.createFrom().item(current));
    }

    /** What the revisions will say when the document is deleted, if any are kept. */
    private Uni<Document> expired(Collection owner, String key) {
        Uni<@Nullable Document> expired = owner.settings().history().isKept()
                ? documents.findExpired(owner.id(), key)
                : Uni.createFrom().nullItem();
        return expired.chain(last ->
                last == null ? deleted(owner.id(), key) : Uni.createFrom().item(last));
    }

    private Uni<Document> deleted(UUID collectionId, String key) {
        return revisions
                .lastDeleted(collectionId, key)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Document.NOUN, key))
                .map(last -> last.document());
    }

    private Uni<Document> earlier(UUID documentId, long version) {
        return revisions
                .find(documentId, version)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Revision.NOUN, version))
                .map(past -> past.document());
    }
}
