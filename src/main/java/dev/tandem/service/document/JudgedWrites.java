package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.repository.DocumentRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes whose draft is checked before the transaction. Checking a metadata schema or a long text takes time, during which no connection is
 * held and no row is locked.
 *
 * <p>The check depends on the collection's settings, and for a patch also on the document. The transaction reads both again. If they have
 * changed, a quick check is made again there, with the document locked. Otherwise everything starts over, and after a few tries the draft is
 * checked inside the transaction too, so that writes also succeed on a document that many clients change at once.
 */
@Singleton
class JudgedWrites {

    /** How often a draft is checked before its transaction. */
    static final int TRIES = 3;

    private final UnitOfWork unitOfWork;
    private final DocumentRepository documents;
    private final DocumentFactory factory;
    private final JudgingThreads threads;
    private final ExpiredDocuments expired;

    JudgedWrites(
            UnitOfWork unitOfWork,
            DocumentRepository documents,
            DocumentFactory factory,
            JudgingThreads threads,
            ExpiredDocuments expired) {
        this.unitOfWork = unitOfWork;
        this.documents = documents;
        this.factory = factory;
        this.threads = threads;
        this.expired = expired;
    }

    /** How a document is found: by reading it, or by locking it. Null if it does not exist. */
    interface Sight {
        Uni<@Nullable Document> of(UUID collectionId, String key);
    }

    /** Makes the draft from the present state. It needs a session. */
    interface Look {
        Uni<Proposal> through(Sight sight);
    }

    /**
     * A draft and the state that it is based on.
     *
     * @param base the document that the draft was made from; null if it was made from none
     * @param revives whether that document has been deleted
     */
    record Proposal(Collection owner, @Nullable Document base, boolean revives, DocumentDraft draft) {

        static Proposal of(Collection owner, DocumentDraft draft) {
            return new Proposal(owner, null, false, draft);
        }

        static Proposal of(Collection owner, Document base, DocumentDraft draft) {
            return new Proposal(owner, base, false, draft);
        }

        /** Whether a check of the other proposal is valid for this one. Vectors that have been made in between do not matter. */
        boolean restsOnTheSameAs(Proposal other) {
            return owner.id().equals(other.owner.id())
                    && owner.version() == other.owner.version()
                    && revives == other.revives
                    && isSame(base, other.base);
        }

        private static boolean isSame(@Nullable Document one, @Nullable Document other) {
            return one == null || other == null
                    ? one == other
                    : one.id().equals(other.id()) && one.version() == other.version();
        }
    }

    /**
     * Writes a document that must be complete by itself. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} naming every broken
     * rule.
     *
     * @param write receives the proposal as it is in the transaction, and the checked document
     */
    Uni<Written> creating(Look look, BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return judged(look, factory::create, write);
    }

    /**
     * Writes a document that may replace another one and keep its own vector. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected}
     * naming every broken rule.
     *
     * @param write receives the proposal as it is in the transaction, and the checked document
     */
    Uni<Written> replacing(Look look, BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return judged(look, factory::replacement, write);
    }

    /**
     * A write of a key that a document may still have although it has expired. Such a document is only noticed when the write fails: it is then
     * deleted, which gives it its last revision, and the write is made once more.
     *
     * @param key null if the write makes a new one
     */
    Uni<Written> pastExpired(String collection, @Nullable String key, Uni<Written> write) {
        return key == null
                ? write
                : write.onFailure(failure -> failure instanceof Refusal.Conflict || failure instanceof Refusal.NotFound)
                        .recoverWithUni(failure -> expired.delete(collection, key)
                                .chain(wasThere ->
                                        wasThere ? write : Uni.createFrom().failure(failure)));
    }

    /** A method of {@link DocumentFactory}: the rules for adding a document differ from those for replacing one. */
    private interface Rules {
        DocumentState judge(Collection owner, DocumentDraft draft);
    }

    private Uni<Written> judged(Look look, Rules rules, BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return unitOfWork
                .read(() -> look.through((owner, key) -> documents.find(owner, Scope.EVERYTHING, key)))
                .chain(proposal -> judge(proposal, rules)
                        .chain(document -> writeIfStillSo(look, rules, proposal, document, write)))
                .onFailure(Overtaken.class)
                .retry()
                .atMost(TRIES - 1)
                .onFailure(Overtaken.class)
                .recoverWithUni(() -> unitOfWork.write(() -> look.through(documents::lock)
                        .chain(now -> judge(now, rules).chain(document -> write.apply(now, document)))));
    }

    /** Checks on this thread if that is quick, because a switch to another thread would cost more. */
    private Uni<DocumentState> judge(Proposal proposal, Rules rules) {
        if (isQuick(proposal)) {
            return Uni.createFrom().item(() -> rules.judge(proposal.owner, proposal.draft));
        }
        JudgingDeadline deadline = JudgingDeadline.fromNow();
        return threads.judgeDocument(() -> {
            deadline.check();
            return rules.judge(proposal.owner, proposal.draft);
        });
    }

    private Uni<Written> writeIfStillSo(
            Look look,
            Rules rules,
            Proposal judged,
            DocumentState document,
            BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return unitOfWork.write(() -> look.through(documents::lock).chain(now -> {
            if (now.restsOnTheSameAs(judged)) {
                return write.apply(now, document);
            }
            // The document is locked already, and another start would have to wait for it again.
            return isQuick(now)
                    ? judge(now, rules).chain(again -> write.apply(now, again))
                    : Uni.createFrom().failure(new Overtaken());
        }));
    }

    private boolean isQuick(Proposal proposal) {
        return !factory.takesLong(proposal.owner, proposal.draft);
    }

    /** The state that the check was based on changed before the write. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("The state that the draft was checked against has changed.", null, false, false);
        }
    }
}
