package dev.tandem.service.idempotency;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.idempotency.Attempt;
import dev.tandem.domain.idempotency.RequestClaim;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.IdempotencyKeyRepository;
import dev.tandem.service.Portions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executes a request once, however often and to whichever replica it is sent. The writes and the answer are committed together, so a crash
 * leaves both or neither. If a replica claims a request and dies, the claim ends with its lease. If the replica is only slow, it finds at
 * commit time that it has lost the claim, and writes nothing.
 */
@ApplicationScoped
public class Idempotency {

    private static final Logger LOG = Logger.getLogger(Idempotency.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int PRUNED_AT_ONCE = 1_000;

    private final UnitOfWork unitOfWork;
    private final IdempotencyKeyRepository keys;
    private final IdempotencyConfig config;

    Idempotency(UnitOfWork unitOfWork, IdempotencyKeyRepository keys, IdempotencyConfig config) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.config = config;
    }

    /**
     * Does the work, unless the request has been answered before. Fails with {@link Refusal.InFlight} while another execution is in
     * progress, and with {@link Refusal.Rejected} if another request was sent under the same key. If the work fails, so does this, and
     * nothing is stored: if the request is sent again, it is executed as if it were new.
     *
     * <p>The answer of work that writes nothing is not stored either.
     *
     * <p>Once started, the work runs to its end even if the client disconnects, so that a retry finds the answer.
     *
     * @param work contains at most one write block, whose result is the result of the work
     * @param answer makes the answer from the result alone
     */
    public <T extends @Nullable Object> Uni<Outcome<T>> once(
            RequestClaim claim, Uni<T> work, Function<T, Answer> answer) {
        Uni<Outcome<T>> once =
                claim(claim).chain(earlier -> earlier == null ? fresh(claim, work, answer) : replayed(claim, earlier));
        return Uni.createFrom().emitter(emitter -> once.subscribe().with(emitter::complete, emitter::fail));
    }

    /** Deletes expired requests, in steps and at most a certain number of them. */
    public Uni<Void> prune() {
        return Portions.each(
                () -> unitOfWork.write(() -> keys.prune(PRUNED_AT_ONCE)).map(count -> count == PRUNED_AT_ONCE));
    }

    /** Null if the claim holds; otherwise the attempt that prevents it. */
    private Uni<@Nullable Attempt> claim(RequestClaim claim) {
        return unitOfWork.write(() -> keys.claim(claim, config.lease(), config.retention())
                .chain(holds -> holds
                        ? Uni.createFrom().<@Nullable Attempt>nullItem()
                        : keys.find(claim.keyHash()).onItem().ifNull().failWith(Idempotency::inFlight)));
    }

    private static <T extends @Nullable Object> Uni<Outcome<T>> replayed(RequestClaim claim, Attempt earlier) {
        if (!earlier.fingerprint().equals(claim.fingerprint())) {
            throw new Refusal.Rejected(
                    "", "idempotency.mismatch", "Another request has been sent with this Idempotency-Key.");
        }
        if (earlier.answer() == null) {
            throw inFlight();
        }
        return Uni.createFrom().item(new Outcome.Replayed<>(earlier.answer()));
    }

    private <T extends @Nullable Object> Uni<Outcome<T>> fresh(
            RequestClaim claim, Uni<T> work, Function<T, Answer> answer) {
        AtomicBoolean kept = new AtomicBoolean();
        return unitOfWork
                .concluding(work, result -> keep(claim, answer.apply(result)).invoke(() -> kept.set(true)))
                // Work that has written nothing can be repeated, so nothing of it is stored.
                .call(result -> kept.get() ? Uni.createFrom().voidItem() : release(claim))
                .<Outcome<T>>map(Outcome.Done::new)
                .onFailure()
                .recoverWithUni(
                        failure -> release(claim).chain(() -> Uni.createFrom().failure(failure)));
    }

    /** Runs inside the transaction that does the work, so that the work is rolled back if the claim no longer holds. */
    private Uni<Void> keep(RequestClaim claim, Answer answer) {
        return keys.answer(claim, answer).invoke(Idempotency::mustHold).replaceWithVoid();
    }

    /** If the claim can't be released now, it ends with its lease. */
    private Uni<Void> release(RequestClaim claim) {
        return unitOfWork.write(() -> keys.release(claim)).onFailure().recoverWithUni(failure -> {
            LOG.debugf(failure, "The claim of a request could not be released and ends with its lease.");
            return Uni.createFrom().voidItem();
        });
    }

    private static void mustHold(boolean holds) {
        if (!holds) {
            throw inFlight();
        }
    }

    private static Refusal inFlight() {
        return new Refusal.InFlight(
                "idempotency.in_flight",
                "The request with this Idempotency-Key is being answered at the moment.",
                RETRY_AFTER);
    }
}
