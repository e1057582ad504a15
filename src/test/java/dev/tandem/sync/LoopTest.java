package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.Logged;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static final Duration FAST = Duration.ofMillis(10);

    private final Vertx vertx = Vertx.vertx();
    private final String name = "Loop " + System.nanoTime();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void noPokeHurriesWhatFails() {
        Loop loop = new Loop(name, vertx, () -> failing(new IllegalStateException("away")), FAST, FAST);
        try (Logged logged = new Logged()) {
            long begun = System.nanoTime();
            loop.poke();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
                loop.poke();
                return rounds.get() >= 6;
            });
            // 10 + 20 + 40 + 80 ms at least between the second and the sixth
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(140));
            assertThat(logged.lines()).filteredOn(line -> line.contains(name)).hasSize(1);
        }
        loop.stop(PATIENCE);
    }

    @Test
    void whatWorksAgainIsAsQuickAsBefore() {
        AtomicInteger failures = new AtomicInteger(5);
        Loop loop = new Loop(
                name,
                vertx,
                () -> failures.getAndDecrement() > 0 ? failing(new IllegalStateException("away")) : succeeding(),
                FAST,
                FAST);
        loop.poke();
        await().until(() -> rounds.get() >= 6);
        long begun = System.nanoTime();
        await().pollInterval(Duration.ofMillis(1)).until(() -> rounds.get() >= 11);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        loop.stop(PATIENCE);
    }

    @Test
    void whatTheEndTakesAwayIsNotLogged() {
        AtomicReference<UniEmitter<? super Boolean>> round = new AtomicReference<>();
        Loop loop = new Loop(name, vertx, () -> Uni.createFrom().<Boolean>emitter(round::set), FAST, FAST);
        loop.poke();
        await().until(() -> round.get() != null);
        try (Logged logged = new Logged()) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> loop.stop(Duration.ofMillis(50)));
            stopped.join();
            round.get().fail(new IllegalStateException("closed"));
            assertThat(logged.lines())
                    .filteredOn(line -> line.contains(name))
                    .singleElement()
                    .asString()
                    .contains("did not end in time");
        }
    }

    private Uni<Boolean> failing(Throwable failure) {
        rounds.incrementAndGet();
        return Uni.createFrom().failure(failure);
    }

    private Uni<Boolean> succeeding() {
        rounds.incrementAndGet();
        return Uni.createFrom().item(false);
    }
}
