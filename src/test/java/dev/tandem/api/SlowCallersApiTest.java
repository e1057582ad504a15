package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.api.RawHttp.Answer;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that take their time, or as many streams as they get. */
@Thorough
@QuarkusTest
@TestProfile(SlowCallersApiTest.FewAndImpatient.class)
class SlowCallersApiTest {

    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";

    private String collection = "";

    /** A caller may have half of the slots. No job is worked on, so whoever listens to one listens on. */
    public static final class FewAndImpatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tandem.callers.share", "0.5",
                    "tandem.callers.patience", "2s",
                    "tandem.callers.least-rate", "1000",
                    "tandem.transfer.imports", "4",
                    "tandem.jobs.listeners", "4",
                    "tandem.job-events.heartbeat", "1s",
                    "tandem.jobs.concurrency", "0");
        }
    }

    @BeforeEach
    void add() {
        collection = Api.collection();
    }

    @Test
    void aBodyThatDoesNotArriveIsNotWaitedFor() {
        String all = RawHttp.untilClosed(
                "POST " + COLLECTIONS
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"name\":");
        Answer answer = RawHttp.answer(all);
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.code()).isEqualTo("http.body_too_slow");
        assertThat(answer.headers()).containsEntry("connection", "close");
    }

    @Test
    void noRestOfABodyIsWaitedForAfterTheAnswer() {
        String all = RawHttp.untilClosed(
                "POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{");
        assertThat(RawHttp.answer(all).status()).isEqualTo(404);
        String read = RawHttp.untilClosed(
                "GET " + COLLECTIONS + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n{");
        assertThat(RawHttp.answer(read).status()).isEqualTo(200);
    }

    @Test
    void anImportThatDoesNotGoOnEnds() {
        String lines = "{\"key\":\"a\",\"title\":\"x\"}\n";
        String all = RawHttp.untilClosed(importing("?results=all", "") + chunk(lines));
        assertThat(RawHttp.answer(all).status()).isEqualTo(200);
        assertThat(all).contains("\"key\":\"a\"", "\"created\":1", "\"code\":\"http.body_too_slow\"");
        given().get(documents(collection) + "/a").then().statusCode(200);
    }

    @Test
    void anImportByAJobThatDoesNotGoOnLeavesNone() {
        String all = RawHttp.untilClosed(
                importing("", "Prefer: respond-async\r\n") + chunk("{\"key\":\"b\",\"title\":\"x\"}\n"));
        assertThat(RawHttp.answer(all).status()).isEqualTo(408);
        assertThat(RawHttp.answer(all).code()).isEqualTo("http.body_too_slow");
        await().atMost(PATIENCE).until(() -> given().get("/v1/jobs?collection=" + collection)
                .jsonPath()
                .getList("items")
                .isEmpty());
    }

    /** Imports that end for being slow would make room, so this is tried until it is quick enough. */
    @Test
    void oneCallerLeavesImportsToOthers() {
        String first = importing("?results=all", "") + chunk("{\"key\":\"c\",\"title\":\"x\"}\n");
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (OpenRequest one = new OpenRequest(ONE, first);
                    OpenRequest two = new OpenRequest(ONE, first);
                    OpenRequest three = new OpenRequest(ONE, first);
                    OpenRequest four = new OpenRequest(OTHER, first)) {
                assertThat(one.status()).isEqualTo(200);
                assertThat(two.status()).isEqualTo(200);
                assertThat(three.status()).isEqualTo(503);
                assertThat(four.status()).isEqualTo(200);
            }
        });
    }

    @Test
    void oneCallerLeavesEventsToOthers() throws IOException {
        String job = job();
        String listening = "GET /v1/jobs/" + job + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (OpenRequest one = new OpenRequest(ONE, listening);
                OpenRequest two = new OpenRequest(ONE, listening)) {
            assertThat(one.status()).isEqualTo(200);
            assertThat(two.status()).isEqualTo(200);
            try (OpenRequest three = new OpenRequest(ONE, listening);
                    OpenRequest four = new OpenRequest(OTHER, listening)) {
                assertThat(three.status()).isEqualTo(503);
                assertThat(four.status()).isEqualTo(200);
            }
        }
        given().urlEncodingEnabled(false).post("/v1/jobs/" + job + ":cancel");
    }

    /** It takes several times as long as a body may be silent. */
    @Test
    void anAnswerThatTakesItsTimeIsNotCutOffForABodyThatNobodyReads() throws IOException {
        String job = job();
        String listening = "GET /v1/jobs/" + job + "/events HTTP/1.1\r\nHost: localhost\r\n";
        try (OpenRequest empty = new OpenRequest(ONE, listening + "Content-Length: 0\r\n\r\n");
                OpenRequest whole = new OpenRequest(ONE, listening + "Content-Length: 2\r\n\r\n{}");
                OpenRequest chunks =
                        new OpenRequest(OTHER, listening + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            for (OpenRequest request : List.of(empty, whole, chunks)) {
                assertThat(request.status()).isEqualTo(200);
                for (int heartbeats = 0; heartbeats < 8; ) {
                    String line = request.line();
                    assertThat(line).isNotNull();
                    heartbeats += line.startsWith(":") ? 1 : 0;
                }
            }
        }
        given().urlEncodingEnabled(false).post("/v1/jobs/" + job + ":cancel");
    }

    private String job() {
        return given().urlEncodingEnabled(false)
                .post(COLLECTIONS + "/" + collection + ":rebuild")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private String importing(String query, String headers) {
        return "POST " + documents(collection) + ":import" + query
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n" + headers
                + "Transfer-Encoding: chunked\r\n\r\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
