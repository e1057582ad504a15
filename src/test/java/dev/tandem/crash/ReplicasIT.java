package dev.tandem.crash;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.PackagedService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Several replicas on one database: one of them is killed, stopped past its leases, or asked to end, and others go on. */
@ExtendWith(CrashReport.class)
@Execution(CONCURRENT) // most of its time is waiting for processes to start
class ReplicasIT {

    private static final int REPLICAS = CrashOptions.amount("replicas", 2, 3);
    private static final int ROUNDS = CrashOptions.amount("replica-rounds", 1, 5);
    private static final int BETWEEN = CrashOptions.amount("between-replica-faults", 150, 1_000);
    private static final int WRITERS = 8;
    /** Leases last three seconds here. */
    private static final Duration PAST_THE_LEASES = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final Random random = CrashOptions.random("replicas");
    private final Ledger ledger = new Ledger();

    @Test
    void noReplicaTakesAnythingWithIt() throws Exception {
        try (Cluster cluster = Cluster.start(folder, REPLICAS)) {
            try (Workload workload = Workload.start("r", WRITERS, cluster, ledger, random)) {
                for (int round = 0; round < ROUNDS; round++) {
                    workload.awaitMore(BETWEEN);
                    cluster.restart(random.nextInt(REPLICAS));
                    workload.awaitMore(BETWEEN);
                    pausePastItsLeases(cluster.any(random));
                    workload.awaitMore(BETWEEN);
                    int leaving = random.nextInt(REPLICAS);
                    cluster.replica(leaving).terminate();
                    cluster.replica(leaving).exit();
                    cluster.restart(leaving);
                }
            }
            cluster.restartAll();
            Verdict verdict = Checker.check(cluster, ledger);
            CrashReport.add(
                    "replicas killed, stopped past their leases (SIGSTOP), asked to end (SIGTERM)",
                    "%d replicas, %d times each, at last all restarted".formatted(REPLICAS, ROUNDS),
                    ledger,
                    verdict);
            verdict.assertClean();
        }
    }

    private static void pausePastItsLeases(PackagedService replica) throws InterruptedException {
        replica.pause();
        TimeUnit.MILLISECONDS.sleep(PAST_THE_LEASES.toMillis());
        replica.resume();
    }
}
