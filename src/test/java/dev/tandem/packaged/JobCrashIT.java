package dev.tandem.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Thorough;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A job whose process is killed continues where it stopped, and its count is exact. */
@Thorough
@Execution(CONCURRENT) // most of its time is waiting for processes to start
class JobCrashIT {

    /** For the update and for the deletion; the import is killed once. {@code -Djob.kills} sets another number. */
    private static final int KILLS = Integer.getInteger("job.kills", 1);

    private static final int BETWEEN_KILLS = 400;
    private static final int DOCUMENTS = (KILLS + 2) * BETWEEN_KILLS;
    private static final int LINES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                // Processes are killed, not the machine.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterEach
    void stopPostgres() throws IOException {
        postgres.close();
    }

    @Test
    void aKilledJobGoesOnWhereItWas() throws Exception {
        PackagedService service = start();
        assertThat(service.send(
                                "POST",
                                "/v1/collections",
                                "{\"name\":\"own\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}")
                        .statusCode())
                .isEqualTo(201);
        addDocuments();

        String update = begin(service, "update", "{\"filter\":{},\"patch\":{\"metadata\":{\"m\":1}}}");
        service = killOnTheWay(service, update);
        JsonObject updated = awaitEnd(service, update);
        assertThat(updated.getString("state")).isEqualTo("succeeded");
        assertThat(updated.getJsonObject("progress"))
                .isEqualTo(new JsonObject()
                        .put("done", DOCUMENTS)
                        .put("total", DOCUMENTS)
                        .put("failed", 0));
        assertThat(number("select count(*) from document where version = 2 and metadata @@ '$.m == 1'"))
                .as("each once")
                .isEqualTo(DOCUMENTS);
        assertThat(number("select count(*) from change where kind = 'SAVED'")).isEqualTo(2L * DOCUMENTS);

        String delete = begin(service, "delete", "{\"filter\":{\"n\":{\"$gte\":10}}}");
        service = killOnTheWay(service, delete);
        JsonObject deleted = awaitEnd(service, delete);
        assertThat(deleted.getString("state")).isEqualTo("succeeded");
        assertThat(deleted.getJsonObject("progress").getInteger("done")).isEqualTo(DOCUMENTS - 10);
        assertThat(number("select count(*) from document")).isEqualTo(10);
        assertThat(number("select count(*) from change where kind = 'DELETED'")).isEqualTo(DOCUMENTS - 10L);

        JsonObject found = new JsonObject(service.send(
                        "POST",
                        "/v1/collections/own/search",
                        "{\"query\":\"everywhere\",\"limit\":1000}",
                        "Tandem-Sequence",
                        deleted.getLong("sequence").toString())
                .body());
        assertThat(found.getJsonArray("items")).hasSize(10);
        service = importOnTheWay(service);
        assertThat(service.log()).doesNotContain("ERROR");
        service.close();
    }

    /** If a line without a key were written twice, there would be two documents. */
    private PackagedService importOnTheWay(PackagedService first) throws Exception {
        assertThat(first.send(
                                "POST",
                                "/v1/collections",
                                "{\"name\":\"imported\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}")
                        .statusCode())
                .isEqualTo(201);
        String lines = IntStream.range(0, LINES)
                .mapToObj(n -> n % 100 == 0 ? "rubbish\n" : "{\"vector\":[1,%d]}\n".formatted(n))
                .collect(Collectors.joining());
        var answer = first.send("POST", "/v1/collections/imported/documents:import", lines, "Prefer", "respond-async");
        assertThat(answer.statusCode()).isEqualTo(202);
        String job = answer.headers().firstValue("Location").orElseThrow();
        PackagedService service = killAt(first, job, LINES / 10);
        JsonObject imported = awaitEnd(service, job);
        assertThat(imported.getString("state")).isEqualTo("succeeded");
        assertThat(imported.getJsonObject("progress"))
                .isEqualTo(new JsonObject()
                        .put("done", LINES - LINES / 100)
                        .put("total", LINES)
                        .put("failed", LINES / 100));
        assertThat(imported.getJsonObject("counts")).isEqualTo(new JsonObject().put("created", LINES - LINES / 100));
        assertThat(number("select count(*) from document join collection on collection.id = collection_id"
                        + " where collection.name = 'imported'"))
                .as("each once")
                .isEqualTo(LINES - LINES / 100);
        assertThat(number("select count(*) from import_page")).isZero();
        return service;
    }

    /** Kills the process that executes the job, each time when the job has progressed. Returns the process that continues it. */
    private PackagedService killOnTheWay(PackagedService first, String job) throws Exception {
        PackagedService service = first;
        for (int kill = 1; kill <= KILLS; kill++) {
            service = killAt(service, job, kill * BETWEEN_KILLS);
        }
        return service;
    }

    private PackagedService killAt(PackagedService victim, String job, int enough) throws Exception {
        await().atMost(PATIENCE).until(() -> done(victim, job) >= enough);
        victim.kill();
        assertThat(number("select count(*) from job where ended_at is null"))
                .as("killed in the middle of it")
                .isEqualTo(1);
        return start();
    }

    private PackagedService start() throws Exception {
        return PackagedService.start(
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.index.directory=" + folder.resolve("index"),
                "tandem.index.commit-interval=500ms",
                "tandem.search.sequence-timeout=60s",
                "tandem.jobs.lease=1s",
                "tandem.jobs.step=10");
    }

    private void addDocuments() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    with added as (
                        insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                              created_at, updated_at)
                        select gen_random_uuid(), collection.id, 'k' || n, 'everywhere w' || n, jsonb_build_object('n', n), '', 1, 1, now(),
                               now()
                        from collection, generate_series(0, %d - 1) as n returning id, collection_id)
                    insert into change (collection_id, document_id, kind) select collection_id, id, 'SAVED' from added
                    """.formatted(DOCUMENTS));
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String begin(PackagedService service, String verb, String body) throws Exception {
        var answer = service.send("POST", "/v1/collections/own/documents:" + verb, body);
        assertThat(answer.statusCode()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static JsonObject job(PackagedService service, String job) throws Exception {
        return new JsonObject(service.send("GET", job, null).body());
    }

    private static int done(PackagedService service, String job) throws Exception {
        return job(service, job).getJsonObject("progress").getInteger("done");
    }

    private static JsonObject awaitEnd(PackagedService service, String job) {
        return await().atMost(PATIENCE).until(() -> job(service, job), now -> now.getString("endedAt") != null);
    }
}
