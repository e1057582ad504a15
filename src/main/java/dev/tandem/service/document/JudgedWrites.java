package dev.tandem.service.document;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.repository.DocumentRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes whose draft is judged before their transaction: a metadata schema or a long text takes time, in which no connection is held and
 * no row is locked.
 *
 * <p>What the draft rests on, the collection's settings and perhaps the document as it was, is looked at again in the transaction. If it
 * has changed meanwhile, everything begins anew. After a few tries the draft is judged in the transaction, where the document is locked, so
 * that a document that many change at once still gets every change.
 */
@Singleton
class JudgedWrites {

    /** How often a draft is judged before its transaction. */
    static final int TRIES = 3;

    private final UnitOfWork unitOfWork;
    private final DocumentRepository documents;
    private final DocumentFactory factory;
    private final JudgingThreads threads;

    JudgedWrites(UnitOfWork unitOfWork, DocumentRepository documents, DocumentFactory factory, JudgingThreads threads) {
        this.unitOfWork = unitOfWork;
        this.documents = documents;
        this.factory = factory;
        this.threads = threads;
    }

    /** How a document is looked at: to be read, or to be locked. Null where there is none. */
    interface Sight {
        Uni<@Nullable Document> of(UUID collectionId, String key);
    }

    /** Makes the draft of what there is now. Needs a session. */
    interface Look {
        Uni<Proposal> through(Sight sight);
    }

    /**
     * A draft and what it rests on.
     *
     * @param base the document that it was made from; null where it was made from none
     * @param revives whether that document has been deleted
     */
    record Proposal(Collection owner, @Nullable Document base, boolean revives, DocumentDraft draft) {

        static Proposal of(Collection owner, DocumentDraft draft) {
            return new Proposal(owner, null, false, draft);
        }

        static Proposal of(Collection owner, Document base, DocumentDraft draft) {
            return new Proposal(owner, base, false, draft);
        }

        /** Whether a judgement of the other is one of this. That vectors have been made meanwhile is no matter. */
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
     * Writes a document that is to be whole by itself. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} naming every broken rule.
     *
     * @param write given the proposal as it is in the transaction, and the document in it
     */
    Uni<Written> creating(Look look, BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return judged(look, factory::create, write);
    }

    /**
     * Writes a document that may take the place of another one, and keep its vector. Fails with
     * {@link dev.tandem.domain.refusal.Refusal.Rejected} naming every broken rule.
     *
     * @param write given the proposal as it is in the transaction, and the document in it
     */
    Uni<Written> replacing(Look look, BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return judged(look, factory::replacement, write);
    }

    /** A rule of {@link DocumentFactory}: what may be added may be judged by another one than what may replace. */
    private interface Door {
        DocumentState judge(Collection owner, DocumentDraft draft);
    }

    private Uni<Written> judged(Look look, Door door, BiFunction<Proposal, DocumentState, Uni<Written>> write) {
        return unitOfWork
                .read(() -> look.through(documents::find))
                .chain(proposal -> judge(proposal, door)
                        .chain(document -> writeIfStillSo(look, proposal, now -> write.apply(now, document))))
                .onFailure(Overtaken.class)
                .retry()
                .atMost(TRIES - 1)
                .onFailure(Overtaken.class)
                .recoverWithUni(() -> unitOfWork.write(() -> look.through(documents::lock)
                        .chain(now -> judge(now, door).chain(document -> write.apply(now, document)))));
    }

    /** On this thread where that is quick, as a hop to another one would cost more. */
    private Uni<DocumentState> judge(Proposal proposal, Door door) {
        if (!factory.takesLong(proposal.owner, proposal.draft)) {
            return Uni.createFrom().item(() -> door.judge(proposal.owner, proposal.draft));
        }
        JudgingDeadline deadline = JudgingDeadline.fromNow();
        return threads.judgeDocument(() -> {
            deadline.check();
            return door.judge(proposal.owner, proposal.draft);
        });
    }

    private Uni<Written> writeIfStillSo(Look look, Proposal judged, Function<Proposal, Uni<Written>> write) {
        return unitOfWork.write(() -> look.through(documents::lock)
                .chain(now -> now.restsOnTheSameAs(judged)
                        ? write.apply(now)
                        : Uni.createFrom().failure(new Overtaken())));
    }

    /** What a draft was judged by has changed before it could be written. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("What the draft was judged by has changed.", null, false, false);
        }
    }
}
