package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.CallerThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients read, write, conditionally write and delete a few documents, while PostgreSQL and replicas are killed. */
@ExtendWith({CrashReport.class, SharedCluster.class})
class LinearizabilityIT {

    private static final int DOCUMENTS = CrashOptions.amount("registers", 6, 30);
    private static final int CLIENTS = 4;
    private static final int SECONDS_BETWEEN_FAULTS = 2;
    private static final int FAULTS = CrashOptions.amount("register-faults", 2, 20);
    private static final int REPLICAS = 2;
    /** A quiet machine makes twenty times as many during the faults. */
    private static final int ENOUGH = DOCUMENTS * 20;

    private final Random random = CrashOptions.random("linearizability");
    private final AtomicBoolean isStopped = new AtomicBoolean();

    @Test
    void everyDocumentIsALinearizableRegister(Cluster cluster) throws Exception {
        cluster.scaleTo(REPLICAS);
        List<History> histories = new ArrayList<>();
        try (ExecutorService clients = CallerThreads.open()) {
            List<Future<?>> running = new ArrayList<>();
            for (int document = 0; document < DOCUMENTS; document++) {
                History history = new History("register" + document);
                histories.add(history);
                for (int client = 0; client < CLIENTS; client++) {
                    RegisterClient calling =
                            new RegisterClient("c" + client, history, cluster, new Random(random.nextLong()));
                    running.add(clients.submit(() -> run(calling)));
                }
            }
            try {
                breakThings(cluster);
                await("enough calls to judge by").atMost(2, TimeUnit.MINUTES).until(() -> calls(histories) > ENOUGH);
            } finally {
                isStopped.set(true);
            }
            for (Future<?> client : running) {
                client.get(1, TimeUnit.MINUTES);
            }
        }
        verify(histories);
    }

    private void breakThings(Cluster cluster) throws Exception {
        for (int fault = 0; fault < FAULTS; fault++) {
            TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_FAULTS);
            switch (random.nextInt(3)) {
                case 0 -> cluster.postgres().crash();
                case 1 -> cluster.proxy().cut();
                default -> cluster.restart(random.nextInt(REPLICAS));
            }
        }
        TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_FAULTS);
    }

    private void run(RegisterClient client) {
        while (!isStopped.get()) {
            client.call();
        }
    }

    private static void verify(List<History> histories) {
        int calls = calls(histories);
        long unanswered = histories.stream()
                .flatMap(history -> history.calls().stream())
                .filter(call -> !call.isAnswered())
                .count();
        List<History> wrong = histories.stream()
                .filter(history -> !Linearizability.holds(history.calls()))
                .toList();
        CrashReport.add(
                "concurrent reads, writes, conditional writes and deletes of single documents, under kills and cuts",
                "%,d calls on %d documents by %d clients each, %d faults".formatted(calls, DOCUMENTS, CLIENTS, FAULTS),
                "%,d unanswered; %d of %d histories not linearizable"
                        .formatted(unanswered, wrong.size(), histories.size()));
        assertThat(wrong).as("seed %d: not linearizable", CrashOptions.SEED).isEmpty();
    }

    private static int calls(List<History> histories) {
        return histories.stream().mapToInt(history -> history.calls().size()).sum();
    }
}
