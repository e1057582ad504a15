package dev.tandem.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FairPoolTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private FairPool pool;

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    @Test
    @DisplayName("an owner with much work has one turn, as the others have")
    void turns() {
        pool = new FairPool("test", 1, 1, 100, LONG);
        hold("a");
        for (String piece : List.of("a1", "a2", "a3", "a4", "b1", "c1", "b2")) {
            ask(piece.substring(0, 1), piece);
        }
        gate.countDown();
        await().until(() -> done.size() == 7);
        assertThat(done).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
    }

    @Test
    @DisplayName("an owner whose work does not end leaves a thread to the others, and gets no more when one is free")
    void share() {
        pool = new FairPool("test", 2, 1, 100, LONG);
        hold("a");
        ask("a", "a1");
        ask("a", "a2");
        ask("b", "b1");
        await().until(() -> done.equals(List.of("b1")));
        ask("b", "b2");
        await().until(() -> done.equals(List.of("b1", "b2")));
        gate.countDown();
        await().until(() -> done.size() == 4);
        assertThat(done).containsExactly("b1", "b2", "a1", "a2");
    }

    @Test
    @DisplayName("what waits for too long is refused while the threads are still busy, and never runs")
    void patience() {
        pool = new FairPool("test", 1, 1, 100, Duration.ofMillis(50));
        hold("a");
        ask("a", "a1");
        ask("b", "b1");
        await().untilAsserted(() -> assertThat(refused).containsExactlyInAnyOrder("a1 busy.test", "b1 busy.test"));
        gate.countDown();
        ask("a", "a2");
        await().until(() -> !done.isEmpty());
        assertThat(done).containsExactly("a2");
    }

    @Test
    @DisplayName("what finds the queue full is refused at once, and what was refused takes no place")
    void fullQueue() {
        pool = new FairPool("test", 1, 1, 2, LONG);
        hold("a");
        for (String piece : List.of("a1", "b1", "a2", "b2")) {
            ask(piece.substring(0, 1), piece);
        }
        assertThat(refused).containsExactly("a2 busy.test", "b2 busy.test");
        gate.countDown();
        await().until(() -> done.size() == 2);
        ask("c", "c1");
        await().until(() -> done.size() == 3);
    }

    @Test
    @DisplayName("what is cancelled leaves the queue, or is asked to stop")
    void cancelled() throws Exception {
        pool = new FairPool("test", 1, 1, 1, LONG);
        AtomicReference<Stop> seen = new AtomicReference<>();
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        Cancellable running = pool.run("a", stop -> {
                    seen.set(stop);
                    gate.await();
                    stopped.complete(stop.isAsked());
                    stop.check();
                    return "a1";
                })
                .subscribe()
                .with(done::add, failure -> refused.add("running"));
        await().until(() -> seen.get() != null);
        Cancellable waiting = ask("b", "b1");
        waiting.cancel();
        ask("b", "b2");
        assertThat(seen.get().isAsked()).isFalse();
        running.cancel();
        assertThat(seen.get().isAsked()).isTrue();
        gate.countDown();
        assertThat(stopped.get()).isTrue();
        await().until(() -> !done.isEmpty());
        assertThat(done).containsExactly("b2");
        assertThat(refused).isEmpty();
    }

    @Test
    @DisplayName("all threads work at the same time, and a failure is a failure of its own work alone")
    void threads() {
        pool = new FairPool("test", 3, 3, 100, LONG);
        CountDownLatch together = new CountDownLatch(3);
        List<Throwable> failures = new ArrayList<>();
        pool.run("a", stop -> {
                    throw new IllegalStateException("a0");
                })
                .subscribe()
                .with(ignored -> done.add("a0"), failures::add);
        await().until(() -> failures.size() == 1);
        for (String piece : List.of("a1", "a2", "a3")) {
            pool.run("a", stop -> {
                        together.countDown();
                        together.await();
                        return piece;
                    })
                    .subscribe()
                    .with(done::add, failures::add);
        }
        await().until(() -> done.size() == 3);
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("what waits at the end is refused")
    void closed() {
        pool = new FairPool("test", 1, 1, 100, LONG);
        hold("a");
        ask("a", "a1");
        gate.countDown();
        pool.close();
        ask("a", "a2");
        await().until(() -> done.size() + refused.size() == 2);
        assertThat(refused).contains("a2 busy.test");
    }

    /** Occupies a thread until the gate opens. */
    private void hold(String owner) {
        CountDownLatch begun = new CountDownLatch(1);
        pool.run(owner, stop -> {
                    begun.countDown();
                    gate.await();
                    return owner;
                })
                .subscribe()
                .with(ignored -> {}, ignored -> {});
        await().until(() -> begun.getCount() == 0);
    }

    private Cancellable ask(String owner, String piece) {
        return pool.run(owner, stop -> piece)
                .subscribe()
                .with(done::add, failure -> refused.add(piece + " " + ((Refusal) failure).code()));
    }
}
