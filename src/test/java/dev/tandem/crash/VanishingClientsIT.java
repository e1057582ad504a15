package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients reset their connections while they send, wait or read. Nothing of them stays behind. */
@ExtendWith({CrashReport.class, SharedCluster.class})
class VanishingClientsIT {

    private static final int RESETS = CrashOptions.amount("resets", 100, 1_000);
    private static final int TOGETHER = 32;
    private static final int LONGEST_STAY_MILLIS = 60;
    private static final Duration FORGOTTEN = Duration.ofSeconds(5);
    private static final int DOCUMENTS = 100;

    private final Random random = CrashOptions.random("resets");
    private final Ledger ledger = new Ledger();

    @Test
    void clientsThatResetTheirConnectionsLeaveNothingBehind(Cluster cluster) throws Exception {
        try (Workload workload = Workload.start("v", 4, cluster, ledger, random)) {
            workload.awaitMore(DOCUMENTS);
        }
        resetAll(cluster.replica(0));
        long start = System.nanoTime();
        Rows rows = new Rows(cluster.postgres());
        Instant left = rows.now();
        await("nothing that was begun for a client is in use").atMost(FORGOTTEN).untilAsserted(() -> assertThat(
                        rows.statementsBegunBefore(left))
                .isEmpty());
        String seen = "no connection in use for them after %.1f s".formatted((System.nanoTime() - start) / 1e9);
        assertThat(cluster.replica(0)
                        .send("GET", "/v1/collections/" + Cluster.OWN, null)
                        .statusCode())
                .isEqualTo(200);
        CrashReport.add("clients reset their connections", "%,d resets".formatted(RESETS), seen);
    }

    private void resetAll(PackagedService replica) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(TOGETHER)) {
            for (int i = 0; i < RESETS; i++) {
                byte[] request = request(i);
                int stay = random.nextInt(LONGEST_STAY_MILLIS);
                clients.add(pool.submit(() -> sendAndReset(replica, request, stay)));
            }
        }
        for (Future<?> client : clients) {
            client.get(1, TimeUnit.MINUTES);
        }
    }

    /** Sends what it has, waits a moment and ends the connection with a RST. */
    private static Void sendAndReset(PackagedService replica, byte[] request, int millis)
            throws IOException, InterruptedException {
        try (Socket socket = new Socket(replica.base().getHost(), replica.base().getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request);
            TimeUnit.MILLISECONDS.sleep(millis);
        }
        return null;
    }

    /** Requests of every kind, some of them not sent to their end. */
    private static byte[] request(int number) {
        String collection = "/v1/collections/" + Cluster.OWN;
        String key = "reset" + number;
        String body =
                new Version("q" + number + "y", number).body(Cluster.OWN, key).encode();
        String text =
                switch (number % 6) {
                    case 0 -> head("GET", collection + "/documents?limit=1000", 0);
                    case 1 -> head("GET", collection + "/documents:export", 0);
                    case 2 -> head("POST", collection + "/search", 30) + "{\"query\":\"" + Words.COMMON + "\"}   ";
                    case 3 -> head("PUT", collection + "/documents/" + key, body.length()) + body;
                    case 4 -> head("PUT", collection + "/documents/" + key, body.length() + 1) + body;
                    default -> head("POST", collection + "/documents:import", 1_000_000) + body + "\n";
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String head(String method, String path, int length) {
        return method + " " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }
}
