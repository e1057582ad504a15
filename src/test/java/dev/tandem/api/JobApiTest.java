package dev.tandem.api;

import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWatch;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.ProbeWork;
import dev.tandem.testing.World;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobApiTest {

    private static final String JOBS = "/v1/jobs/";

    @TestHTTPResource
    URI base;

    @Inject
    ProbeWork probe;

    @Inject
    Jobs jobs;

    @Inject
    JobWatch watch;

    @Inject
    JobConfig config;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        probe.reset();
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void removeCollection() {
        probe.reset();
        world.delete(owner);
    }

    @Test
    void aJobIsReadWhileItRunsAndAfterwards() {
        UUID id = held(3);
        given().get(JOBS + id)
                .then()
                .statusCode(200)
                .header("Retry-After", "1")
                .body("id", equalTo(id.toString()))
                .body("kind", equalTo("probe"))
                .body("collection", equalTo(owner.name()))
                .body("state", equalTo("running"))
                .body("progress.done", equalTo(0))
                .body("progress.total", nullValue())
                .body("progress.failed", equalTo(0))
                .body("createdAt", notNullValue())
                .body("startedAt", notNullValue())
                .body("endedAt", nullValue())
                .body("error", nullValue());
        probe.release();
        jobs.ended(id);
        given().get(JOBS + id)
                .then()
                .statusCode(200)
                .header("Retry-After", nullValue())
                .body("state", equalTo("succeeded"))
                .body("progress.done", equalTo(3))
                .body("progress.total", equalTo(3))
                .body("endedAt", notNullValue());
    }

    @Test
    void whyAJobFailedIsSaid() {
        probe.failWith(() -> Refusal.NotFound.of(Collection.NOUN, "gone"));
        UUID id = jobs.probe(owner, 1);
        jobs.ended(id);
        given().get(JOBS + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("failed"))
                .body("error.code", equalTo("collection.not_found"))
                .body("error.message", equalTo("There is no collection named 'gone'."));
    }

    @Test
    void whatIsNoJobIsNotFound() {
        String none = JOBS + UUID.randomUUID();
        problem(given().get(none), 404, "job.not_found");
        problem(given().get(JOBS + "nonsense"), 404, "job.not_found");
        problem(given().get(JOBS + "1-1-1-1-1"), 404, "job.not_found");
        problem(given().urlEncodingEnabled(false).post(none + ":cancel"), 404, "job.not_found");
        problem(given().get(none + "/errors"), 404, "job.not_found");
        problem(given().get(none + "/events"), 404, "job.not_found");
        problem(given().delete(none), 405, "http.method_not_allowed");
        problem(given().accept(ContentType.XML).get(none), 406, "http.not_acceptable");
    }

    @Test
    void theListIsPagedNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(jobs.probe(owner, 1).toString());
        }
        ids.forEach(id -> jobs.ended(UUID.fromString(id)));
        String list = "/v1/jobs?limit=2&collection=" + owner.name();
        String cursor = given().get(list)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(ids.subList(0, 2)))
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .path("nextCursor");
        cursor = given().get(list + "&cursor=" + cursor)
                .then()
                .body("items.id", equalTo(ids.subList(2, 4)))
                .extract()
                .path("nextCursor");
        given().get(list + "&cursor=" + cursor)
                .then()
                .body("items.id", equalTo(ids.subList(4, 5)))
                .body("nextCursor", nullValue());
        problem(given().get("/v1/jobs?limit=2&cursor=" + cursor), 400, "cursor.foreign");
    }

    @Test
    void theListIsFilteredByState() {
        UUID ended = jobs.probe(owner, 1);
        jobs.ended(ended);
        UUID running = held(1);
        given().get("/v1/jobs?state=running")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(running.toString()))
                .body("items.state", everyItem(equalTo("running")));
        given().get("/v1/jobs?state=succeeded&collection=" + owner.name())
                .then()
                .body("items.id", contains(ended.toString()));
        problem(given().get("/v1/jobs?state=done"), 400, "parameter.state");
        problem(given().get("/v1/jobs?limit=0"), 400, "parameter.limit");
        problem(given().get("/v1/jobs?kind=probe"), 400, "parameter.unknown");
    }

    @Test
    void aJobIsCanceledOnce() {
        UUID id = held(100);
        cancel(id).then().statusCode(202).header("Retry-After", "1").body("state", equalTo("running"));
        probe.release();
        jobs.ended(id);
        given().get(JOBS + id).then().body("state", equalTo("canceled")).body("progress.done", equalTo(1));
        problem(cancel(id), 409, "job.ended");
    }

    @Test
    void aJobThatWaitsIsCanceledAtOnce() {
        probe.hold(config.concurrency());
        for (int i = 0; i < config.concurrency(); i++) {
            jobs.probe(owner, 1);
        }
        await().atMost(PATIENCE).until(() -> probe.held() == config.concurrency());
        UUID id = jobs.probe(owner, 1);
        cancel(id).then().statusCode(200).header("Retry-After", nullValue()).body("state", equalTo("canceled"));
    }

    /** More errors than fit on a page. */
    @Test
    void errorsAreListedLineByLine() throws SQLException {
        UUID id = jobs.probe(owner, 1);
        jobs.ended(id);
        Database.execute("""
                insert into job_error (job_id, ordinal, key, pointer, code, message)
                select ?, n, 'k' || n, '/title', 'text.too_long', 'Too long.' from generate_series(2, 1200) as n
                """, id);
        String[] lines = given().get(JOBS + id + "/errors")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString()
                .split("\n");
        assertThat(lines).hasSize(1200);
        assertThat(lines[1199])
                .isEqualTo(
                        "{\"key\":\"k1200\",\"pointer\":\"/title\",\"code\":\"text.too_long\",\"message\":\"Too long.\"}");
    }

    @Test
    void noErrorsAreNoLines() throws SQLException {
        UUID id = jobs.probe(owner, 1);
        jobs.ended(id);
        Database.execute("delete from job_error where job_id = ?", id);
        given().get(JOBS + id + "/errors").then().statusCode(200).body(equalTo(""));
    }

    @Test
    void eventsTellEachStateUpToTheLast() throws IOException {
        UUID id = held(2);
        try (Events events = new Events(id)) {
            assertThat(events.line()).startsWith("HTTP/1.1 200");
            assertThat(events.next("id:")).isEqualTo("id:running.0.0..");
            assertThat(events.next("event:")).isEqualTo("event:progress");
            assertThat(events.next("data:")).contains("\"state\":\"running\"", "\"done\":0");
            // A comment, while nothing happens.
            events.next(":");
            probe.release();
            assertThat(events.next("event:ended")).isNotNull();
            assertThat(events.next("data:")).contains("\"state\":\"succeeded\"", "\"done\":2");
            events.assertEnds();
        }
        await().atMost(PATIENCE).until(() -> watch.listeners() == 0);
    }

    @Test
    void eventsOfAJobThatHasEndedAreOne() {
        UUID id = jobs.probe(owner, 1);
        jobs.ended(id);
        String events = given().get(JOBS + id + "/events")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .extract()
                .asString();
        assertThat(events).contains("event:ended").doesNotContain("event:progress");
        await().atMost(PATIENCE).until(() -> watch.listeners() == 0);
    }

    @Test
    void whoGoesAwayIsForgotten() throws IOException {
        UUID id = held(1);
        for (int i = 0; i < 3 * config.listeners(); i++) {
            try (Events events = new Events(id)) {
                events.next("data:");
            }
            await().atMost(PATIENCE).until(() -> watch.listeners() == 0);
        }
    }

    @Test
    void tooManyListenersAreTurnedAway() throws IOException {
        UUID id = held(1);
        List<Events> open = new ArrayList<>();
        try {
            for (int i = 0; i < config.listeners(); i++) {
                Events events = new Events(id);
                open.add(events);
                events.next("data:");
            }
            problem(given().get(JOBS + id + "/events"), 503, "busy.events").header("Retry-After", notNullValue());
        } finally {
            for (Events events : open) {
                events.close();
            }
        }
        await().atMost(PATIENCE).until(() -> watch.listeners() == 0);
    }

    /** A job in the middle of its first step. */
    private UUID held(int steps) {
        probe.hold(1);
        UUID id = jobs.probe(owner, steps);
        await().atMost(PATIENCE).until(() -> probe.held() == 1);
        return id;
    }

    private static io.restassured.response.Response cancel(UUID id) {
        return given().urlEncodingEnabled(false).post(JOBS + id + ":cancel");
    }

    /** An open stream of events, read line by line. */
    private final class Events implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader reader;

        Events(UUID id) throws IOException {
            socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET " + JOBS + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            return String.valueOf(reader.readLine());
        }

        /** The next line that begins with this. */
        String next(String beginning) throws IOException {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            throw new IOException("The stream has ended before a line with '" + beginning + "'.");
        }

        /** The last chunk is of length 0. */
        void assertEnds() throws IOException {
            assertThat(next("0")).isEqualTo("0");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
