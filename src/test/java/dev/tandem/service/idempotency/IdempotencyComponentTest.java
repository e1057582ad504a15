package dev.tandem.service.idempotency;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.idempotency.IdempotencyKey;
import dev.tandem.domain.idempotency.RequestClaim;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What delays and failures do to a request that is executed once. */
@QuarkusTest
class IdempotencyComponentTest {

    @Inject
    Idempotency idempotency;

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    private final CollectionSamples samples = new CollectionSamples(new Random());
    private final String key = UUID.randomUUID().toString();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @Test
    void whileSomebodyDoesItOthersAreTurnedAway() throws SQLException {
        Collection collection = next();
        var first = once(slowly(collection)).subscribeAsCompletionStage();
        awaitClaim();
        assertThatExceptionOfType(Refusal.InFlight.class).isThrownBy(() -> get(once(adding(next()))));
        gate.complete(null);
        assertThat(first.join()).isEqualTo(new Outcome.Done<>(collection));
        assertThat(get(once(adding(next())))).isEqualTo(new Outcome.Replayed<>(answer(collection)));
    }

    @Test
    void whoComesTooLateWritesNothing() throws SQLException {
        Collection late = next();
        Collection taken = next();
        var first = once(slowly(late)).subscribeAsCompletionStage();
        awaitClaim();
        endLease();
        assertThat(get(once(adding(taken)))).isEqualTo(new Outcome.Done<>(taken));
        gate.complete(null);
        assertThat(first).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(Refusal.InFlight.class);
        assertThat(isThere(late)).isFalse();
        assertThat(isThere(taken)).isTrue();
        assertThat(get(once(adding(next())))).isEqualTo(new Outcome.Replayed<>(answer(taken)));
    }

    /** The replica that claimed the request may have died in the middle, or before it reached the database. */
    @Test
    void whatNobodyHasFinishedIsTakenOverWhenTheLeaseEnds() throws SQLException {
        var abandoned = once(Uni.createFrom().<Collection>nothing()).subscribeAsCompletionStage();
        awaitClaim();
        assertThatExceptionOfType(Refusal.InFlight.class).isThrownBy(() -> get(once(adding(next()))));
        endLease();
        Collection collection = next();
        assertThat(get(once(adding(collection)))).isEqualTo(new Outcome.Done<>(collection));
        assertThat(abandoned).isNotDone();
    }

    @Test
    void anotherRequestTakesNothingOver() throws SQLException {
        once(Uni.createFrom().<Collection>nothing()).subscribeAsCompletionStage();
        awaitClaim();
        endLease();
        RequestClaim other = new RequestClaim(hash(), "other", UUID.randomUUID());
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> get(idempotency.once(other, adding(next()), IdempotencyComponentTest::answer)))
                .satisfies(refusal ->
                        assertThat(refusal.violations().getFirst().code()).isEqualTo("idempotency.mismatch"));
    }

    @Test
    void anAnswerThatCannotBeMadeUndoesTheWork() throws SQLException {
        Collection collection = next();
        Uni<Outcome<Collection>> broken = idempotency.once(claim(), adding(collection), result -> {
            throw new IllegalStateException("no answer");
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> get(broken));
        assertThat(isThere(collection)).isFalse();
        assertThat(get(once(adding(collection)))).isEqualTo(new Outcome.Done<>(collection));
    }

    @Test
    void whoGoesAwayFindsTheAnswerLater() {
        Collection collection = next();
        Cancellable impatient = once(slowly(collection)).subscribe().with(ignored -> {});
        impatient.cancel();
        gate.complete(null);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(Refusal.InFlight.class)
                .untilAsserted(() ->
                        assertThat(get(once(adding(next())))).isEqualTo(new Outcome.Replayed<>(answer(collection))));
    }

    @Test
    void workThatIsTriedAgainIsKeptOnce() throws SQLException {
        Collection collection = next();
        AtomicInteger attempts = new AtomicInteger();
        Uni<Collection> unlucky = unitOfWork.write(
                () -> collections.add(collection, Principal.ANYBODY).chain(() -> {
                    if (attempts.incrementAndGet() <= 2) {
                        return Uni.createFrom().failure(new SQLException("pretended", "40001"));
                    }
                    return Uni.createFrom().item(collection);
                }));
        assertThat(get(once(unlucky))).isEqualTo(new Outcome.Done<>(collection));
        assertThat(attempts).hasValue(3);
        assertThat(get(once(adding(next())))).isEqualTo(new Outcome.Replayed<>(answer(collection)));
    }

    @Test
    void pastItsTimeAKeyIsFreeAndThenForgotten() throws SQLException {
        get(once(adding(next())));
        expire();
        Collection collection = next();
        assertThat(get(once(adding(collection)))).as("nobody has swept yet").isEqualTo(new Outcome.Done<>(collection));
        get(idempotency.prune());
        assertThat(count()).isOne();
        expire();
        get(idempotency.prune());
        assertThat(count()).isZero();
    }

    private Uni<Outcome<Collection>> once(Uni<Collection> work) {
        return idempotency.once(claim(), work, IdempotencyComponentTest::answer);
    }

    private RequestClaim claim() {
        return new RequestClaim(hash(), "fingerprint", UUID.randomUUID());
    }

    private String hash() {
        return new IdempotencyKey("", "POST", "/", key).hash();
    }

    private static Answer answer(Collection collection) {
        return new Answer(201, Map.of("ETag", "\"1\""), "{\"name\":\"" + collection.name() + "\"}");
    }

    private Collection next() {
        return samples.next(CollectionSamples.ownVectors(2));
    }

    private Uni<Collection> adding(Collection collection) {
        return unitOfWork.write(
                () -> collections.add(collection, Principal.ANYBODY).replaceWith(collection));
    }

    /** As {@link #adding}, when the gate opens. */
    private Uni<Collection> slowly(Collection collection) {
        return unitOfWork.write(() -> Waiting.meet(gate)
                .chain(() -> collections.add(collection, Principal.ANYBODY))
                .replaceWith(collection));
    }

    private void awaitClaim() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count()).isOne());
    }

    private long count() throws SQLException {
        return Database.number("select count(*) from idempotency_key where hash = ?", hash());
    }

    private void endLease() throws SQLException {
        Database.execute("update idempotency_key set lease_until = now() - interval '1s' where hash = ?", hash());
    }

    private void expire() throws SQLException {
        Database.execute("update idempotency_key set expires_at = now() - interval '1s' where hash = ?", hash());
    }

    private static boolean isThere(Collection collection) throws SQLException {
        return Database.number("select count(*) from collection where id = ?", collection.id()) == 1;
    }
}
