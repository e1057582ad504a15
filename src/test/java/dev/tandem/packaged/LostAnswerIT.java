package dev.tandem.packaged;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.DeafProxy;
import dev.tandem.testing.PackagedService;
import dev.tandem.testing.PostgresServer;
import dev.tandem.testing.Thorough;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A commit counts even if its confirmation is lost. */
@Thorough
@Execution(CONCURRENT)
class LostAnswerIT {

    private static final String COLLECTION = "{\"name\":\"c\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}";

    @TempDir
    Path folder;

    @Test
    void anImportSaysOfItsLinesWhatIsTrue() throws Exception {
        try (PostgresServer postgres = PostgresServer.create(folder.resolve("postgres"));
                DeafProxy proxy = new DeafProxy(postgres.port(), "insert into document (", DeafProxy.Ending.BREAK);
                PackagedService service = start(proxy.port(), postgres.port())) {
            service.send("POST", "/v1/collections", COLLECTION);
            List<JsonObject> answer = service.send(
                            "POST", "/v1/collections/c/documents:import?mode=create&results=all", """
                            [{"key": "a", "title": "x"}, {"key": "b", "title": "x"}, {"key": "b", "title": "y"}]""")
                    .body()
                    .lines()
                    .map(JsonObject::new)
                    .toList();
            assertThat(proxy.lost()).isEqualTo(1);
            assertThat(answer.stream().map(line -> line.getInteger("status")).limit(3))
                    .containsExactly(201, 201, 409);
            assertThat(answer.getLast().getJsonObject("summary").getInteger("created"))
                    .isEqualTo(2);
            assertThat(service.send("GET", "/v1/collections/c/documents?count=exact", null)
                            .body())
                    .contains("\"count\":2");
        }
    }

    /** The process is killed between the commit and the answer: the moment in which neither side knows the other's state. */
    @Test
    void aRequestWithoutAnAnswerIsAnsweredByTheNextProcess() throws Exception {
        try (PostgresServer postgres = PostgresServer.create(folder.resolve("postgres"));
                DeafProxy proxy = new DeafProxy(postgres.port(), "insert into document (", DeafProxy.Ending.HANG)) {
            CompletableFuture<HttpResponse<String>> unanswered;
            try (PackagedService victim = start(proxy.port(), postgres.port())) {
                victim.send("POST", "/v1/collections", COLLECTION);
                unanswered = CompletableFuture.supplyAsync(() -> sendOnce(victim));
                await().atMost(PATIENCE).until(() -> proxy.lost() == 1 || unanswered.isDone());
            }
            assertThat(unanswered).as("killed too late").failsWithin(PATIENCE);
            try (PackagedService next = start(postgres.port(), postgres.port())) {
                HttpResponse<String> answer = sendOnce(next);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                assertThat(answer.headers().firstValue("Idempotent-Replayed")).contains("true");
                assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
                assertThat(answer.headers().firstValue("Tandem-Sequence")).isPresent();
                JsonObject list = new JsonObject(
                        next.send("GET", "/v1/collections/c/documents", null).body());
                assertThat(list.getJsonArray("items")).containsExactly(new JsonObject(answer.body()));
                assertThat(sendOnce(next).body()).isEqualTo(answer.body());
            }
        }
    }

    private PackagedService start(int reactivePort, int jdbcPort) throws Exception {
        return PackagedService.start(
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + reactivePort + "/postgres",
                "quarkus.datasource.jdbc.url=jdbc:postgresql://localhost:" + jdbcPort + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.index.directory=" + folder.resolve("index"));
    }

    /** The same request each time. The document gets a new key whenever it is created. */
    private static HttpResponse<String> sendOnce(PackagedService service) {
        try {
            return service.send(
                    "POST",
                    "/v1/collections/c/documents",
                    "{\"title\":\"once\",\"vector\":[1,2]}",
                    "Idempotency-Key",
                    "once");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
