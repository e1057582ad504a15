package dev.tandem.remote;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.remote.Outage.Manner;
import dev.tandem.testing.Logged;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** By a clock that only the test moves. A pause is at most half as long again as its place in the row says. */
class OutageTest {

    private static final String AWAY = "test.away";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(150);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private long now = Long.MAX_VALUE - 1_000;
    private int asked;

    @Test
    void afterSomeFailuresInARowNothingIsSentUntilThePauseIsOver() {
        Outage outage = new Outage("The server", AWAY, new Manner(2, false), () -> now);
        for (int i = 0; i < 3; i++) {
            assertThat(refused(outage, AWAY).detail()).isEqualTo("It failed.");
        }
        Refusal.Unavailable refusal = refused(outage, AWAY);
        assertThat(refusal.code()).isEqualTo(AWAY);
        assertThat(refusal.detail()).isEqualTo("It failed. It is asked again after a pause.");
        assertThat(refusal.retryAfter()).hasSeconds(1);
        assertThat(asked).isEqualTo(3);
        assertThat(outage.isDue()).isFalse();
        assertThat(outage.state()).get().extracting(Outage.Trouble::reason).isEqualTo("It failed.");
        pass(FIRST_PAUSE);
        assertThat(outage.isDue()).isTrue();
        succeed(outage);
        assertThat(outage.state()).isEmpty();
        assertThat(refused(outage, AWAY).detail()).isEqualTo("It failed.");
        succeed(outage);
    }

    @Test
    void aSuccessBetweenThemStartsTheCountAgain() {
        Outage outage = new Outage("The server", AWAY, new Manner(1, false), () -> now);
        for (int i = 0; i < 10; i++) {
            refused(outage, AWAY);
            succeed(outage);
        }
        assertThat(asked).isEqualTo(20);
    }

    @Test
    void otherFailuresMeanNothing() {
        Outage outage = new Outage("The server", AWAY, new Manner(0, true), () -> now);
        for (int i = 0; i < 10; i++) {
            refused(outage, "test.busy");
        }
        assertThat(asked).isEqualTo(10);
        assertThat(outage.state()).isEmpty();
        refused(outage, AWAY);
        pass(FIRST_PAUSE);
        refused(outage, "test.busy");
        assertThat(outage.state()).isPresent();
    }

    @Test
    void thePausesGrowToTheLongestAndAreSaid() {
        Outage outage = new Outage("The server", AWAY, new Manner(0, false), () -> now);
        for (int i = 0; i < 20; i++) {
            refused(outage, AWAY);
            pass(LONGEST_PAUSE);
        }
        refused(outage, AWAY);
        int before = asked;
        assertThat(refused(outage, AWAY).retryAfter()).isBetween(Duration.ofSeconds(5), LONGEST_PAUSE);
        pass(Duration.ofMillis(4_900));
        refused(outage, AWAY);
        assertThat(asked).isEqualTo(before);
    }

    @Test
    void requestsThatWereUnderWayTogetherAreOneFailure() {
        Outage outage = new Outage("The server", AWAY, new Manner(0, false), () -> now);
        List<UniEmitter<? super Void>> open = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            outage.watch(() -> Uni.createFrom().<Void>emitter(open::add))
                    .subscribe()
                    .with(item -> {}, failure -> {});
        }
        open.forEach(emitter -> emitter.fail(failure(AWAY)));
        pass(FIRST_PAUSE);
        succeed(outage);
    }

    /** A server that is silent holds the one that asks it, and nobody else. */
    @Test
    void onlyOneIsLetThroughAfterAPause() {
        Outage outage = new Outage("The server", AWAY, new Manner(0, true), () -> now);
        refused(outage, AWAY);
        pass(FIRST_PAUSE);
        List<UniEmitter<? super Void>> open = new ArrayList<>();
        outage.watch(() -> Uni.createFrom().<Void>emitter(open::add))
                .subscribe()
                .with(item -> {}, failure -> {});
        assertThat(open).hasSize(1);
        refused(outage, AWAY);
        assertThat(asked).isEqualTo(1);
        open.getFirst().complete(null);
        succeed(outage);
        succeed(outage);
        assertThat(asked).isEqualTo(3);
    }

    /** One that asked and went away leaves the way open for the next. */
    @Test
    void oneThatGivesUpHoldsNobodyUp() {
        Outage outage = new Outage("The server", AWAY, new Manner(0, true), () -> now);
        refused(outage, AWAY);
        pass(FIRST_PAUSE);
        outage.watch(() -> Uni.createFrom().nothing())
                .subscribe()
                .with(item -> {}, failure -> {})
                .cancel();
        pass(LONGEST_PAUSE);
        succeed(outage);
    }

    @Test
    void itsBeginningAndItsEndAreLoggedOnce() {
        Outage outage = new Outage("The server", AWAY, new Manner(1, false), () -> now);
        try (Logged logged = new Logged(Level.INFO)) {
            for (int i = 0; i < 5; i++) {
                refused(outage, AWAY);
                pass(LONGEST_PAUSE);
            }
            succeed(outage);
            succeed(outage);
            assertThat(logged.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("The server is away, and is asked again until it answers: It failed."),
                            line -> assertThat(line).contains("The server answers again."));
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void succeed(Outage outage) {
        assertThat(get(outage.watch(() -> {
                    asked++;
                    return Uni.createFrom().item("done");
                })))
                .isEqualTo("done");
    }

    private Refusal.Unavailable refused(Outage outage, String code) {
        return catchThrowableOfType(
                Refusal.Unavailable.class,
                () -> get(outage.watch(() -> {
                    asked++;
                    return Uni.createFrom().failure(failure(code));
                })));
    }

    private static Refusal.Unavailable failure(String code) {
        return new Refusal.Unavailable(code, "It failed.", Duration.ofSeconds(1));
    }
}
