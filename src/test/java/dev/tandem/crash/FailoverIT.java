package dev.tandem.crash;

import dev.tandem.testing.PostgresStandby;
import dev.tandem.testing.Thorough;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The database goes back in time: to a standby that lagged behind, or to a copy. Then what it has lost is lost, and the index must not show
 * it, and must show everything that is written from then on under the same transaction ids.
 */
@Thorough
@ExtendWith({CrashReport.class, SharedCluster.class})
class FailoverIT {

    private static final int REPLICAS = 2;
    private static final int SLEEPER = 1;
    private static final int WRITES = CrashOptions.amount("failover-writes", 60, 5_000);
    private static final int WRITERS = 8;

    private final Random random = CrashOptions.random("failover");
    private final Ledger ledger = new Ledger();

    @Test
    void aRestoreLeavesIndexAndRowsInStep(Cluster cluster) throws Exception {
        cluster.scaleTo(REPLICAS);
        write(cluster, "kept");
        Path copy = cluster.postgres().snapshot(cluster.folder().resolve("copy"));
        write(cluster, "lost");
        letOneSleep(cluster);
        cluster.postgres().restore(copy);
        writeWhileItSleeps(cluster);
        verify(cluster, "restore of the database to an earlier point");
    }

    @Test
    void aFailoverToALaggingStandbyLeavesIndexAndRowsInStep(Cluster cluster) throws Exception {
        cluster.scaleTo(REPLICAS);
        write(cluster, "kept");
        PostgresStandby standby =
                PostgresStandby.of(cluster.postgres(), cluster.folder().resolve("standby"));
        standby.catchUp(cluster.postgres());
        standby.holdBack();
        write(cluster, "lost");
        letOneSleep(cluster);
        cluster.postgres().kill();
        cluster.failOver(standby);
        writeWhileItSleeps(cluster);
        verify(cluster, "failover to a standby that lagged behind");
    }

    /** It has followed to the end of the log that will be lost, and does not see how the log becomes shorter. */
    private void letOneSleep(Cluster cluster) {
        Checker.awaitSettled(cluster);
        cluster.avoid(SLEEPER);
        cluster.replica(SLEEPER).pause();
    }

    /** When it wakes, the log is longer than it was. */
    private void writeWhileItSleeps(Cluster cluster) throws InterruptedException {
        write(cluster, "after");
        write(cluster, "afterwards");
        cluster.replica(SLEEPER).resume();
        cluster.avoidNone();
    }

    private void write(Cluster cluster, String name) throws InterruptedException {
        try (Workload workload = Workload.start(name, WRITERS, cluster, ledger, random)) {
            workload.awaitMore(WRITES);
        }
    }

    /** Only what was written after it was acknowledged by the database that there is now. */
    private void verify(Cluster cluster, String fault) throws Exception {
        Verdict verdict = Checker.check(cluster, ledger, trail -> trail.key().startsWith("after"));
        CrashReport.add(fault, "%,d writes of the past undone".formatted(WRITES), ledger, verdict);
        verdict.assertClean();
    }
}
