package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.RevisionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.document.DocumentWriter.Replacement;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeping documents. Every write is one transaction; after it the followers are told. */
@ApplicationScoped
public class DocumentService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final RevisionRepository revisions;
    private final DocumentWriter writer;
    private final DocumentFactory factory;
    private final Event<RowsChanged> rowsChanged;

    DocumentService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            RevisionRepository revisions,
            DocumentWriter writer,
            DocumentFactory factory,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.revisions = revisions;
        this.writer = writer;
        this.factory = factory;
        this.rowsChanged = rowsChanged;
    }

    /** Adds a document. Fails with {@link Refusal.Conflict} if there is one with its key. */
    public Uni<Written> create(String collection, DocumentDraft draft) {
        return write(() -> collections.get(collection).chain(owner -> add(owner, factory.create(owner, draft))));
    }

    /** Adds the document, or replaces the one with this key by it, as a whole. */
    public Uni<Written> put(String collection, String key, DocumentDraft draft, Precondition precondition) {
        DocumentDraft complete = draft.key() == null ? draft.withKey(key) : draft;
        Uni<Written> attempt = write(() -> collections.get(collection).chain(owner -> {
            keepKey(key, complete);
            DocumentState submission = factory.replacement(owner, complete);
            return documents.lock(owner.id(), key).chain(current -> {
                check(precondition, owner, current);
                return current == null ? add(owner, submission) : replace(owner, current, submission);
            });
        }));
        // Somebody may add it between our look and our insert. Then there is one to replace.
        return attempt.onFailure(Refusal.Conflict.class).retry().atMost(1);
    }

    /** Replaces a document by what the patch makes of it. Fails with {@link Refusal.NotFound} if there is none. */
    public Uni<Written> patch(
            String collection, String key, DocumentPatch patch, Precondition precondition, @Nullable String author) {
        return write(() -> locked(collection, key, precondition, (owner, document) -> {
            DocumentDraft draft = patch.apply(document).by(author);
            keepKey(key, draft);
            return replace(owner, document, factory.replacement(owner, draft));
        }));
    }

    /** Removes a document. Fails with {@link Refusal.NotFound} if there is none. */
    public Uni<Written> delete(String collection, String key, Precondition precondition, @Nullable String author) {
        return write(() -> locked(
                collection, key, precondition, (owner, document) -> writer.remove(owner, List.of(document), author)
                        .map(List::getFirst)));
    }

    /**
     * Makes a document be what it was in an earlier version, as its next version; also one that has been deleted since. Fails with
     * {@link Refusal.NotFound} if the version isn't kept.
     */
    public Uni<Written> restore(
            String collection, String key, long version, Precondition precondition, @Nullable String author) {
        Uni<Written> attempt = write(() -> collections
                .get(collection)
                .chain(owner -> documents.lock(owner.id(), key).chain(current -> {
                    check(precondition, owner, current);
                    return current == null
                            ? revive(owner, key, version, author)
                            : past(current, version)
                                    .chain(past -> replace(owner, current, factory.create(owner, past.by(author))));
                })));
        // Somebody else may add or restore it meanwhile, as with a put.
        return attempt.onFailure(Refusal.Conflict.class).retry().atMost(1);
    }

    private Uni<Written> revive(Collection owner, String key, long version, @Nullable String author) {
        return revisions
                .lastDeleted(owner.id(), key)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.document(key))
                .chain(last -> past(last.document(), version).chain(past -> {
                    DocumentState wanted = factory.create(owner, past.by(author));
                    return add(owner, wanted.of(wanted.document().reviving(last.document())));
                }));
    }

    private Uni<DocumentDraft> past(Document document, long version) {
        return revisions
                .find(document.id(), version)
                .onItem()
                .ifNull()
                .switchTo(() -> version == document.version()
                        ? withOwnVector(document)
                        : Uni.createFrom().failure(Refusal.NotFound.revision(version)))
                .map(DocumentDraft::of);
    }

    /** Fails with {@link Refusal.NotFound} if there is none. */
    public Uni<Document> get(String collection, String key) {
        return unitOfWork.read(() -> collections
                .get(collection)
                .chain(owner -> documents.find(owner.id(), key))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.document(key)));
    }

    private Uni<Written> add(Collection owner, DocumentState submission) {
        return writer.add(owner, List.of(submission)).map(List::getFirst);
    }

    private Uni<Written> replace(Collection owner, Document current, DocumentState wanted) {
        return withOwnVector(current)
                .chain(whole -> writer.replace(owner, List.of(Replacement.of(owner, whole, wanted))))
                .map(List::getFirst);
    }

    private Uni<DocumentState> withOwnVector(Document document) {
        return writer.withOwnVectors(List.of(document)).map(List::getFirst);
    }

    private Uni<Written> locked(
            String collection,
            String key,
            Precondition precondition,
            BiFunction<Collection, Document, Uni<Written>> work) {
        return collections.get(collection).chain(owner -> documents
                .lock(owner.id(), key)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.document(key))
                .chain(document -> {
                    check(precondition, owner, document);
                    return work.apply(owner, document);
                }));
    }

    private static void check(Precondition precondition, Collection owner, @Nullable Document current) {
        precondition.check(
                current == null ? null : current.version(), owner.settings().requireIfMatch());
    }

    private static void keepKey(String key, DocumentDraft draft) {
        if (!key.equals(draft.key())) {
            throw new Refusal.Rejected("/key", "document.key.immutable", "A document has the key of its address.");
        }
    }

    private Uni<Written> write(Supplier<Uni<Written>> work) {
        return unitOfWork.write(work).invoke(written -> {
            if (written.sequence() > 0) {
                rowsChanged.fire(new RowsChanged(written.document().collectionId()));
            }
        });
    }
}
