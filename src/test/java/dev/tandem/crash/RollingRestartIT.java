package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.testing.Balancer;
import dev.tandem.testing.PackagedService;
import dev.tandem.testing.PostgresServer;
import dev.tandem.testing.Thorough;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas behind a balancer that obeys their readiness are restarted one after the other, while clients write, read, list and search. No
 * request fails.
 */
@Thorough
@ExtendWith(CrashReport.class)
class RollingRestartIT {

    private static final int ROUNDS = CrashOptions.amount("restarts", 1, 10);
    private static final int CLIENTS = 8;
    private static final int BETWEEN = CrashOptions.amount("between-restarts", 100, 1_000);
    private static final Duration START = Duration.ofMinutes(2);

    /** An older release, to be replaced by this one: {@code -Dcrash.previous=..quarkus-run.jar}. */
    private static final @Nullable String PREVIOUS = System.getProperty("crash.previous");

    @TempDir
    Path folder;

    @Test
    void noRequestFails() throws Exception {
        restart("rolling restart of two replicas", PackagedService.JAR);
    }

    @Test
    void noRequestFailsWhileTheReleaseChanges() throws Exception {
        assumeTrue(PREVIOUS != null, "there is no other release");
        restart("upgrade of two replicas from an older release", Path.of(PREVIOUS));
    }

    /** @param first the release that is there before the first round */
    private void restart(String scenario, Path first) throws Exception {
        try (PostgresServer postgres = PostgresServer.create(folder.resolve("postgres"));
                Balancer balancer = Balancer.start()) {
            PackagedService[] replicas = {launch(first, 0, postgres), launch(first, 1, postgres)};
            try {
                for (PackagedService replica : replicas) {
                    balancer.add(replica);
                }
                await().atMost(START).until(() -> balancer.uses(replicas[0]) && balancer.uses(replicas[1]));
                try (SteadyClients clients = SteadyClients.start(balancer.base(), CLIENTS)) {
                    clients.awaitMore(BETWEEN);
                    for (int round = 0; round < ROUNDS; round++) {
                        for (int i = 0; i < replicas.length; i++) {
                            replicas[i].terminate();
                            assertThat(replicas[i].exit()).isIn(0, 143);
                            balancer.remove(replicas[i]);
                            replicas[i] = launch(PackagedService.JAR, i, postgres);
                            balancer.add(replicas[i]);
                            PackagedService started = replicas[i];
                            await().atMost(START).until(() -> balancer.uses(started));
                            clients.awaitMore(BETWEEN);
                        }
                    }
                    List<String> failures = clients.failures();
                    CrashReport.add(
                            scenario,
                            "%d restarts under the load of %d clients".formatted(2 * ROUNDS, CLIENTS),
                            "%,d requests, %d failed".formatted(clients.done(), failures.size()));
                    assertThat(failures).isEmpty();
                }
            } finally {
                for (PackagedService replica : replicas) {
                    replica.close();
                }
            }
        }
    }

    private PackagedService launch(Path jar, int number, PostgresServer postgres) throws Exception {
        return PackagedService.start(
                jar,
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.port() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=any",
                "tandem.index.directory=" + folder.resolve("index" + number),
                // the time that a balancer takes to notice
                "quarkus.shutdown.delay=3S",
                // one machine is all callers
                "tandem.callers.share=1");
    }
}
