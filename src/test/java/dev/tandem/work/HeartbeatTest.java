package dev.tandem.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger beats = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void goesOnThroughFailuresUntilItIsStopped() {
        Heartbeat heartbeat = new Heartbeat(vertx, Duration.ofMillis(30), "It", () -> {
            if (beats.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("at once");
            }
            return Uni.createFrom().failure(new IllegalStateException("later"));
        });
        heartbeat.start();
        await().until(() -> beats.get() >= 6);
        heartbeat.stop();

        // A timer that has been cancelled is found no more.
        int atTheEnd = beats.get();
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> beats.get() <= atTheEnd + 1);
    }

    @Test
    void renewsThreeTimesALease() {
        Duration lease = Duration.ofMillis(600);
        long begun = System.nanoTime();
        Heartbeat heartbeat = new Heartbeat(vertx, lease, "It", () -> {
            beats.incrementAndGet();
            return Uni.createFrom().voidItem();
        });
        heartbeat.start();
        await().until(() -> beats.get() == 3);
        heartbeat.stop();

        assertThat(System.nanoTime() - begun)
                .isGreaterThanOrEqualTo(lease.minusMillis(50).toNanos());
    }

    /** It would wait for the same, and hold another connection meanwhile. */
    @Test
    void noRenewalJoinsOneThatWaits() {
        List<UniEmitter<? super Void>> waiting = new CopyOnWriteArrayList<>();
        Heartbeat heartbeat = new Heartbeat(vertx, Duration.ofMillis(3), "It", () -> {
            beats.incrementAndGet();
            return Uni.createFrom().emitter(waiting::add);
        });
        heartbeat.start();
        await().until(() -> waiting.size() == 1);
        await().during(Duration.ofMillis(100)).atMost(Duration.ofSeconds(5)).until(() -> beats.get() == 1);
        waiting.getFirst().fail(new IllegalStateException("The lease is over."));
        await().until(() -> beats.get() == 2);
        heartbeat.stop();
    }

    @Test
    void canBeStoppedBeforeItIsStarted() {
        new Heartbeat(vertx, Duration.ofSeconds(30), "It", () -> Uni.createFrom()
                        .voidItem())
                .stop();

        assertThat(beats).hasValue(0);
    }
}
