package dev.tandem.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Writers that work side by side until they are stopped. Closing stops them. */
final class Workload implements AutoCloseable {

    private enum Mode {
        EVERYTHING,
        CONFLICTS,
        STOPPED
    }

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** After a fault: hammering on would only abandon documents. */
    private static final int REST_MILLIS = 100;
    /** After each write. In the short form, processes that start have to get on beside the writers. */
    private static final int PACE_MILLIS = CrashOptions.amount("pace-millis", 60, 0);

    private final Ledger ledger;
    private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.EVERYTHING);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    private Workload(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Starts the writers. Keys begin with the name. */
    static Workload start(String name, int writers, Cluster cluster, Ledger ledger, Random random) {
        Workload workload = new Workload(ledger);
        for (int i = 0; i < writers; i++) {
            Writer writer = new Writer(name + i, cluster, ledger, new Random(random.nextLong()));
            workload.threads.add(Thread.ofPlatform().daemon().start(() -> workload.run(writer)));
        }
        return workload;
    }

    /** Returns when so many more writes have been acknowledged. */
    void awaitMore(int writes) {
        long enough = ledger.acknowledged() + writes;
        await("writes to be acknowledged").atMost(PATIENCE).until(() -> {
            rethrow();
            return ledger.acknowledged() >= enough;
        });
    }

    /** From now on, all requests are refused, so their transactions are aborted. Returns when so many have been. */
    void burstOfConflicts(int conflicts) {
        mode.compareAndSet(Mode.EVERYTHING, Mode.CONFLICTS);
        long enough = ledger.aborted() + conflicts;
        await("requests to be refused")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> ledger.aborted() >= enough);
    }

    /** Back to writes of all kinds. */
    void everything() {
        mode.compareAndSet(Mode.CONFLICTS, Mode.EVERYTHING);
    }

    private void run(Writer writer) {
        try {
            while (mode.get() != Mode.STOPPED) {
                long disturbances = ledger.disturbances();
                if (mode.get() == Mode.CONFLICTS) {
                    writer.conflict();
                } else {
                    writer.write();
                }
                boolean somebodyMetAFault = ledger.disturbances() > disturbances;
                TimeUnit.MILLISECONDS.sleep(somebodyMetAFault ? REST_MILLIS : PACE_MILLIS);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void rethrow() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("A writer failed", thrown);
        }
    }

    @Override
    public void close() throws InterruptedException {
        mode.set(Mode.STOPPED);
        for (Thread thread : threads) {
            thread.join();
        }
        rethrow();
    }
}
