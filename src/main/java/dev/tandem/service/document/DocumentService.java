package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.domain.document.Revision;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.RevisionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.document.DocumentWriter.Replacement;
import dev.tandem.service.document.JudgedWrites.Proposal;
import dev.tandem.service.document.JudgedWrites.Sight;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use cases of single documents. A draft is checked before its transaction. After the commit, an event informs the followers. */
@ApplicationScoped
public class DocumentService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final RevisionRepository revisions;
    private final DocumentWriter writer;
    private final JudgedWrites judged;
    private final Event<RowsChanged> rowsChanged;

    DocumentService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            RevisionRepository revisions,
            DocumentWriter writer,
            JudgedWrites judged,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.revisions = revisions;
        this.writer = writer;
        this.judged = judged;
        this.rowsChanged = rowsChanged;
    }

    /** Adds a document. Fails with {@link Refusal.Conflict} if its key exists. */
    public Uni<Written> create(String collection, DocumentDraft draft) {
        Uni<Written> attempt =
                judged.creating(sight -> writable(collection).map(owner -> Proposal.of(owner, draft)), this::write);
        return announced(judged.pastExpired(collection, draft.key(), attempt));
    }

    /** Adds the document, or replaces the document with this key as a whole. */
    public Uni<Written> put(String collection, String key, DocumentDraft draft, Precondition precondition) {
        DocumentDraft complete = draft.key() == null ? draft.withKey(key) : draft;
        Uni<Written> attempt = judged.replacing(
                sight -> writable(collection).map(owner -> Proposal.of(owner, keepingKey(key, complete))),
                (proposal, wanted) -> put(proposal.owner(), key, wanted, precondition));
        // Another request may add the key between the read and the insert. The second try then replaces the document.
        return announced(judged.pastExpired(collection, key, attempt)
                .onFailure(Refusal.Conflict.class)
                .retry()
                .atMost(1));
    }

    private Uni<Written> put(Collection owner, String key, DocumentState wanted, Precondition precondition) {
        return documents.lock(owner.id(), key).chain(current -> {
            check(precondition, owner, current);
            return current == null ? add(owner, wanted) : replace(owner, current, wanted);
        });
    }

    /** Replaces a document by the result of a patch. Fails with {@link Refusal.NotFound} if there is no such document. */
    public Uni<Written> patch(
            String collection, String key, DocumentPatch patch, Precondition precondition, @Nullable String author) {
        return announced(judged.replacing(
                sight -> writable(collection).chain(owner -> current(sight, owner, key, precondition)
                        .map(current -> Proposal.of(
                                owner,
                                current,
                                keepingKey(key, patch.apply(current).by(author))))),
                this::write));
    }

    /** Deletes a document. Fails with {@link Refusal.NotFound} if there is no such document. */
    public Uni<Written> delete(String collection, String key, Precondition precondition, @Nullable String author) {
        return announced(unitOfWork.write(() -> writable(collection)
                .chain(owner -> current(documents::lock, owner, key, precondition)
                        .chain(document -> writer.remove(owner, List.of(document), author)))
                .map(List::getFirst)));
    }

    /**
     * Writes a revision as the document's next version, also for a document that has been deleted since. Fails with
     * {@link Refusal.NotFound} if the revision isn't kept.
     */
    public Uni<Written> restore(
            String collection, String key, long version, Precondition precondition, @Nullable String author) {
        Uni<Written> attempt = judged.creating(
                sight -> writable(collection)
                        .chain(owner -> sight.of(owner.id(), key).chain(current -> {
                            check(precondition, owner, current);
                            return current == null
                                    ? revival(owner, key, version, author)
                                    : past(owner, current, version)
                                            .map(past -> Proposal.of(owner, current, past.by(author)));
                        })),
                this::write);
        // Another request may add or restore the document in between, as with a put.
        return announced(judged.pastExpired(collection, key, attempt)
                .onFailure(Refusal.Conflict.class)
                .retry()
                .atMost(1));
    }

    private Uni<Proposal> revival(Collection owner, String key, long version, @Nullable String author) {
        return revisions
                .lastDeleted(owner.id(), key)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Document.NOUN, key))
                .chain(last -> past(owner, last.document(), version)
                        .map(past -> new Proposal(owner, last.document(), true, past.by(author))));
    }

    private Uni<DocumentDraft> past(Collection owner, Document document, long version) {
        return revisions
                .find(document.id(), version)
                .onItem()
                .ifNull()
                .switchTo(() -> version == document.version()
                        ? withOwnVector(owner, document)
                        : Uni.createFrom().failure(Refusal.NotFound.of(Revision.NOUN, version)))
                .map(DocumentDraft::of);
    }

    /** Fails with {@link Refusal.Conflict} if only the records of a model change it. */
    private Uni<Collection> writable(String collection) {
        return collections.get(collection).invoke(Collection::refuseIfDerived);
    }

    private Uni<Written> write(Proposal proposal, DocumentState wanted) {
        Document base = proposal.base();
        if (base == null) {
            return create(proposal.owner(), wanted);
        }
        return proposal.revives()
                ? add(proposal.owner(), wanted.of(wanted.document().reviving(base)))
                : replace(proposal.owner(), base, wanted);
    }

    private Uni<Written> create(Collection owner, DocumentState wanted) {
        Document created = wanted.document();
        Uni<@Nullable Document> current = created.hasChosenKey()
                ? documents.lock(owner.id(), created.key())
                : Uni.createFrom().nullItem();
        return current.chain(
                other -> other == null ? add(owner, wanted) : Uni.createFrom().failure(Document.keyTaken()));
    }

    private Uni<Written> add(Collection owner, DocumentState wanted) {
        return writer.add(owner, List.of(wanted)).map(List::getFirst);
    }

    private Uni<Written> replace(Collection owner, Document current, DocumentState wanted) {
        return withOwnVector(owner, current)
                .chain(whole -> writer.replace(owner, List.of(Replacement.of(owner, whole, wanted))))
                .map(List::getFirst);
    }

    private Uni<DocumentState> withOwnVector(Collection owner, Document document) {
        return writer.withOwnVectors(owner, List.of(document)).map(List::getFirst);
    }

    private static Uni<Document> current(Sight sight, Collection owner, String key, Precondition precondition) {
        return sight.of(owner.id(), key)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Document.NOUN, key))
                .invoke(document -> check(precondition, owner, document));
    }

    private static void check(Precondition precondition, Collection owner, @Nullable Document current) {
        precondition.check(
                current == null ? null : current.version(), owner.settings().requireIfMatch());
    }

    private static DocumentDraft keepingKey(String key, DocumentDraft draft) {
        if (!key.equals(draft.key())) {
            throw new Refusal.Rejected(
                    "/key", "document.key.immutable", "The key in the body must be the one in the address.");
        }
        return draft;
    }

    private Uni<Written> announced(Uni<Written> written) {
        return written.invoke(one -> {
            if (one.sequence() > 0) {
                boolean mayNeedVectors = one.embedding() == EmbeddingState.PENDING;
                rowsChanged.fire(new RowsChanged(one.document().collectionId(), mayNeedVectors));
            }
        });
    }
}
