package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Thorough;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The promise, tried by force: what was acknowledged is there, and the index catches up by itself, whatever is killed in between. */
@Thorough
@ExtendWith({CrashReport.class, SharedCluster.class})
class CrashIT {

    private static final int SERVICE_KILLS = CrashOptions.amount("service-kills", 1, 20);
    private static final int DATABASE_KILLS = CrashOptions.amount("database-kills", 2, 40);
    private static final int ACKNOWLEDGEMENTS = CrashOptions.amount("acknowledgements", 300, 50_000);
    private static final int REPLICAS = CrashOptions.amount("replicas", 2, 2);
    private static final int WRITERS = 12;
    private static final int SHORTEST_BURST = 20;
    private static final int LONGEST_BURST = CrashOptions.amount("longest-burst", 50, 100);

    private final Random random = CrashOptions.random("kills");
    private final Ledger ledger = new Ledger();
    private int databaseKills;

    private enum Fault {
        SERVICE,
        DATABASE
    }

    @Test
    void killingTheServiceAndPostgresLosesNothing(Cluster cluster) throws Exception {
        cluster.scaleTo(REPLICAS);
        List<Fault> faults = schedule();
        try (Workload workload = Workload.start("w", WRITERS, cluster, ledger, random)) {
            ForgottenTransactions forgotten = new ForgottenTransactions(cluster, ledger, workload);
            for (Fault fault : faults) {
                workload.awaitMore(ACKNOWLEDGEMENTS / (faults.size() + 1));
                if (fault == Fault.SERVICE) {
                    killReplica(cluster);
                } else {
                    killDatabase(cluster, workload, forgotten);
                }
            }
            workload.awaitMore(ACKNOWLEDGEMENTS / (faults.size() + 1));
        }
        Verdict verdict = Checker.check(cluster, ledger);
        CrashReport.add(
                "kill -9 of the service and of PostgreSQL",
                "%d kills of the service (%d replicas), %d of PostgreSQL"
                        .formatted(SERVICE_KILLS, REPLICAS, DATABASE_KILLS),
                ledger,
                verdict);
        verdict.assertClean();
        assertThat(ledger.acknowledged()).isGreaterThanOrEqualTo(ACKNOWLEDGEMENTS);
        assertThat(ledger.unanswered())
                .as("no client noticed a fault, so nothing was tested")
                .isPositive();
    }

    private List<Fault> schedule() {
        List<Fault> faults = new ArrayList<>(Collections.nCopies(SERVICE_KILLS, Fault.SERVICE));
        faults.addAll(Collections.nCopies(DATABASE_KILLS, Fault.DATABASE));
        Collections.shuffle(faults, random);
        return faults;
    }

    /** The next process finds the index as the last commit left it; now and then, it finds none. */
    private void killReplica(Cluster cluster) throws Exception {
        int victim = random.nextInt(REPLICAS);
        cluster.replica(victim).kill();
        if (random.nextInt(5) == 0) {
            IOUtils.rm(cluster.indexOf(victim));
        }
        cluster.restart(victim);
    }

    /**
     * Just before, all transactions are aborted. Their ids are not durable, so the server gives them out again. A position in the database
     * itself never leads past ids that are not durable: its own commit is among them.
     */
    private void killDatabase(Cluster cluster, Workload workload, ForgottenTransactions forgotten) throws Exception {
        int burst = random.nextInt(SHORTEST_BURST, LONGEST_BURST);
        databaseKills++;
        if (REPLICAS > 1 && databaseKills % 2 == 0 && !cluster.engine().isShared()) {
            forgotten.crashAfter(burst, random.nextInt(REPLICAS));
            return;
        }
        workload.burstOfConflicts(burst);
        cluster.postgres().crash();
        workload.everything();
    }
}
