package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.service.transfer.ImportSpool;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports by jobs, and imports that are executed once. */
@QuarkusTest
class ImportJobApiTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String MANY = "{\"title\": \"without a key\"}\n".repeat(1_100);

    @Inject
    Jobs jobs;

    @Inject
    ImportSpool spool;

    private String collection = "";
    private String address = "";

    @BeforeEach
    void create() {
        collection = Api.collection();
        address = documents(collection) + ":import";
    }

    @Test
    void aJobWritesTheLinesAndTellsWhichItRefused() throws SQLException {
        Job job = begun(async("""
                {"key": "a", "title": "1"}
                {"key": "b", "titel": "misspelt"}
                {"key": "a", "title": "2"}
                rubbish
                {"title": "without a key"}
                """).header("Tandem-Author", "ada@example.org").post(address));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        given().get("/v1/jobs/" + job.id())
                .then()
                .body("kind", equalTo("import"))
                .body("progress.done", equalTo(3))
                .body("progress.total", equalTo(5))
                .body("progress.failed", equalTo(2))
                .body("counts.created", equalTo(2))
                .body("counts.updated", equalTo(1));
        List<JsonPath> errors = given().get("/v1/jobs/" + job.id() + "/errors")
                .asString()
                .lines()
                .map(JsonPath::new)
                .toList();
        assertThat(errors).extracting(error -> error.getInt("line")).containsExactly(2, 4);
        assertThat(errors).extracting(error -> error.getString("key")).containsExactly("b", null);
        assertThat(errors)
                .extracting(error -> error.getString("code"))
                .containsExactly("json.unknown_field", "json.malformed");
        assertThat(errors.getFirst().getString("pointer")).isEqualTo("/titel");
        given().get(documents(collection) + "/a")
                .then()
                .body("title", equalTo("2"))
                .body("version", equalTo(2));
        given().get(documents(collection) + "/a/revisions").then().body("items[0].author", equalTo("ada@example.org"));
        assertThat(pages(job.id())).isZero();
    }

    /** A line may contain text that PostgreSQL cannot store; its error is stored nevertheless. */
    @Test
    void aJobNotesWhateverWasRefused() {
        Job job = begun(async("""
                {"key": "nul\\u0000", "title": "x"}
                {"a\\u0000": 1}
                {"key": "%s", "title": "x"}
                {"key": "fine", "title": "x"}
                """.formatted("k".repeat(300))).post(address));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(1);
        assertThat(job.failed()).isEqualTo(3);
        List<String> errors = given().get("/v1/jobs/" + job.id() + "/errors")
                .asString()
                .lines()
                .toList();
        assertThat(errors)
                .extracting(error -> new JsonPath(error).getInt("line"))
                .contains(1, 2, 3);
        assertThat(errors.getFirst()).contains("nul\uFFFD");
    }

    @Test
    void aJobStopsAtTheFirstRefusalIfAsked() throws SQLException {
        Job job = begun(async("""
                {"key": "a", "title": "1"}
                {"key": "b", "title": 1}
                {"key": "c", "title": "1"}
                """ + MANY).post(address + "?onError=abort"));
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("json.wrong_type");
        assertThat(job.done()).isEqualTo(1);
        assertThat(job.failed()).isEqualTo(1);
        given().get(documents(collection) + "?count=exact").then().body("count", equalTo(1));
        assertThat(pages(job.id())).as("of those that were not reached").isPositive();
        Waiting.get(spool.prune());
        assertThat(pages(job.id())).isZero();
    }

    @Test
    void aJobMayHaveNothingToDo() {
        Job job = begun(async("").post(address));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.total()).isZero();
    }

    @Test
    void aShortImportUnderAKeyIsDoneOnce() {
        String lines = "{\"title\": \"without a key\"}\nrubbish\n";
        Response first = keyed("short", lines).post(address + "?results=all");
        first.then().statusCode(200).contentType(NDJSON);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        Response second = keyed("short", lines).post(address + "?results=all");
        second.then().statusCode(200).contentType(NDJSON).header("Idempotent-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(first.asString().lines().toList()).hasSize(3);
        given().get(documents(collection) + "?count=exact").then().body("count", equalTo(1));
        problem(keyed("short", lines + lines).post(address + "?results=all"), 422, "", "idempotency.mismatch");
        problem(keyed("short", lines).post(address), 422, "", "idempotency.mismatch");
    }

    @Test
    void aLongImportUnderAKeyIsOneJob() {
        Response first = keyed("long", MANY).post(address);
        Response second = keyed("long", MANY).post(address);
        second.then().header("Idempotent-Replayed", "true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(begun(first).counts()).containsEntry("created", 1_100L);
        given().get("/v1/jobs?collection=" + collection).then().body("items.size()", equalTo(1));
        given().get(documents(collection) + "?count=exact").then().body("count", equalTo(1_100));
        problem(keyed("long", MANY + MANY).post(address), 422, "", "idempotency.mismatch");
    }

    @Test
    void refusesWhatAJobCannotDo() {
        problem(async("{}").post(address + "?results=all"), 400, "/results", "parameter.results");
        problem(async("{}").post("/v1/collections/no-such/documents:import"), 404, "collection.not_found");
        problem(async(MANY.repeat(200)).post(address), 413, "import.too_large");
        // The answer doesn't wait for the job of the last one to go.
        await().atMost(PATIENCE).until(() -> jobsHere() == 0);
    }

    @Test
    void anImportThatBreaksOffLeavesNothing() throws Exception {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String lines = MANY + "{\"key\":";
            socket.getOutputStream()
                    .write(("POST " + address + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + NDJSON
                                    + "\r\nPrefer: respond-async\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> jobsHere() == 1);
            assertThat(Database.number(
                            "select count(*) from job where collection = ? and total is not null", collection))
                    .as("still arriving")
                    .isZero();
        }
        await().atMost(PATIENCE).until(() -> jobsHere() == 0);
        given().get(documents(collection) + "?count=exact").then().body("count", equalTo(0));
    }

    @Test
    void anImportWhoseReceiverDiedFails() throws SQLException {
        Database.execute("""
                insert into job (id, attempts, cancel_requested, collection, collection_id, created_at, done, due_at, failed, holder, kind,
                                 lease_until, parameters, sequence, state)
                select gen_random_uuid(), 0, false, name, id, now(), 0, now(), 0, gen_random_uuid(), 'import',
                       now() - interval '1 second', '{"mode": "UPSERT"}', 0, 'QUEUED'
                from collection where name = ?
                """, collection);
        Job job = jobs.ended((UUID) Database.column("select id from job where collection = ?", collection)
                .getFirst());
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure().code()).isEqualTo("import.incomplete");
    }

    private long jobsHere() throws SQLException {
        return Database.number("select count(*) from job where collection = ?", collection);
    }

    private static long pages(UUID job) throws SQLException {
        return Database.number("select count(*) from import_page where job_id = ?", job);
    }

    private Job begun(Response answer) {
        answer.then().statusCode(202).header("Retry-After", "1");
        return jobs.ended(UUID.fromString(answer.header("Location").substring("/v1/jobs/".length())));
    }

    private static RequestSpecification async(String lines) {
        return lines(lines).header("Prefer", "respond-async");
    }

    private static RequestSpecification keyed(String key, String lines) {
        return lines(lines).header("Idempotency-Key", key);
    }

    private static RequestSpecification lines(String lines) {
        return given().urlEncodingEnabled(false).contentType(NDJSON).body(lines.getBytes(StandardCharsets.UTF_8));
    }
}
