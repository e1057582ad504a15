package dev.tandem.service;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.bench.Load;
import dev.tandem.domain.collection.Collection;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.testing.Database;
import dev.tandem.testing.Logged;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Many clients at the same time. {@code -Dtandem.test.load-seconds=60} makes the test longer. */
@QuarkusTest
class ManyClientsComponentTest {

    private static final int CLIENTS = 64;
    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tandem.test.load-seconds", 6));

    @Inject
    CollectionService collections;

    @Inject
    World world;

    @TestHTTPResource
    URI base;

    @Thorough
    @Test
    void leaveNothingBrokenBehind() throws Exception {
        try (Logged logged = new Logged()) {
            Load.Report report = new Load(base).run(CLIENTS, DURATION);
            System.out.println(report);
            assertThat(report.total()).isGreaterThan(CLIENTS);
            assertThat(report.answers().keySet()).noneMatch(answer -> answer.contains(" 5"));
            assertThat(report.answers())
                    .containsKeys("put 200", "put 201", "patch 200", "delete 204", "get 200", "list 200", "search 200");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Database.busyConnections()).isEmpty());
            Collection owner = get(collections.get(report.collection()));
            world.settle(owner);
            world.assertInStep(owner, "everywhere");
            world.delete(owner);
            assertThat(logged.lines())
                    .noneMatch(line -> line.contains("HR000069") || line.contains("HR000090"))
                    .noneMatch(line -> line.contains("blocked") || line.contains("Incident"));
        }
    }
}
