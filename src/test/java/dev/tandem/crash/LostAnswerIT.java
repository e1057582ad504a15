package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.DeafProxy;
import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A commit that is not heard of is one all the same. */
@Execution(CONCURRENT)
class LostAnswerIT {

    @TempDir
    Path folder;

    @Test
    void anImportSaysOfItsLinesWhatIsTrue() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("postgres"))
                        .start();
                DeafProxy proxy = new DeafProxy(postgres.getPort(), "insert into document (");
                PackagedService service = PackagedService.start(
                        folder,
                        "quarkus.datasource.reactive.url=postgresql://localhost:" + proxy.port() + "/postgres",
                        "quarkus.datasource.jdbc.url=jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                        "quarkus.datasource.username=postgres",
                        "quarkus.datasource.password=postgres",
                        "tandem.index.directory=" + folder.resolve("index"))) {
            service.send(
                    "POST", "/v1/collections", "{\"name\":\"c\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}");
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
}
