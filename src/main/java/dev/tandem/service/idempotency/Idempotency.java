package dev.tandem.service.idempotency;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.idempotency.Attempt;
import dev.tandem.domain.idempotency.RequestClaim;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.IdempotencyKeyRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does a request once, however often it is sent, on whichever replica. What it writes and what it is answered are committed together, so a
 * crash leaves both or neither. Who claims a request and dies loses it after a lease; who claims it and is merely slow finds at the end
 * that the claim has gone, and writes nothing.
 */
@ApplicationScoped
public class Idempotency {

    private static final Logger LOG = Logger.getLogger(Idempotency.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int PRUNED_AT_ONCE = 1_000;
    /** Then the rest waits for the next time: what has piled up shall not crowd out requests. */
    private static final int MOST_STEPS = 100;

    private final UnitOfWork unitOfWork;
    private final IdempotencyKeyRepository keys;
    private final IdempotencyConfig config;

    Idempotency(UnitOfWork unitOfWork, IdempotencyKeyRepository keys, IdempotencyConfig config) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.config = config;
    }

    /**
     * Does the work, unless its request has been answered before. Fails with {@link Refusal.InFlight} while somebody else does it, and with
     * {@link Refusal.Rejected} if it is another request under the same key. If the work fails, so does this, and nothing is kept: who sends
     * the request again is judged anew.
     *
     * <p>Once begun, it goes on to its end even if its caller goes away: who comes back finds the answer.
     *
     * @param work has one write block at most, whose result is the work's
     * @param answer what a result is answered, from the result alone
     */
    public <T extends @Nullable Object> Uni<Outcome<T>> once(
            RequestClaim claim, Uni<T> work, Function<T, Answer> answer) {
        Uni<Outcome<T>> once =
                claim(claim).chain(earlier -> earlier == null ? fresh(claim, work, answer) : replayed(claim, earlier));
        return Uni.createFrom().emitter(emitter -> once.subscribe().with(emitter::complete, emitter::fail));
    }

    /** Forgets the requests that are past their time, in steps, and so many of them at most. */
    public Uni<Void> prune() {
        return prune(MOST_STEPS);
    }

    private Uni<Void> prune(int steps) {
        return unitOfWork
                .write(() -> keys.prune(PRUNED_AT_ONCE))
                .chain(count ->
                        count < PRUNED_AT_ONCE || steps == 1 ? Uni.createFrom().voidItem() : prune(steps - 1));
    }

    /** Null where the claim holds; otherwise what stands in its way. */
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
                .call(result -> kept.get() ? Uni.createFrom().voidItem() : keepRead(claim, answer.apply(result)))
                .<Outcome<T>>map(Outcome.Done::new)
                .onFailure()
                .recoverWithUni(
                        failure -> release(claim).chain(() -> Uni.createFrom().failure(failure)));
    }

    /** Inside the transaction that does the work, so that the work is undone where the claim no longer holds. */
    private Uni<Void> keep(RequestClaim claim, Answer answer) {
        return keys.answer(claim, answer).invoke(Idempotency::mustHold).replaceWithVoid();
    }

    /** Work that has written nothing could be done again, so nothing forbids to forget what is too large. */
    private Uni<Void> keepRead(RequestClaim claim, Answer answer) {
        return answer.size() > config.largestAnswer().asLongValue()
                ? release(claim)
                : unitOfWork.write(() -> keep(claim, answer));
    }

    /** What can't be released now is so when its lease ends. */
    private Uni<Void> release(RequestClaim claim) {
        return unitOfWork.write(() -> keys.release(claim)).onFailure().recoverWithUni(failure -> {
            LOG.debugf(failure, "The claim of a failed request stays until its lease ends.");
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
                "The request with this Idempotency-Key is being answered just now.",
                RETRY_AFTER);
    }
}
