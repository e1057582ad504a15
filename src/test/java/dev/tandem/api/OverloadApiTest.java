package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.api.RawHttp.Answer;
import dev.tandem.service.document.HistoryService;
import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that ask for more than there is, or than they may. */
@QuarkusTest
@TestProfile(OverloadApiTest.Small.class)
class OverloadApiTest {

    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final String GREEDY = "127.0.0.3";
    private static final int BURST = 300;
    private static final int DOCUMENTS = 50;
    private static final String DOCUMENT_WRITER = "127.0.0.4";
    private static final String THIRD = "127.0.0.5";
    private static final String LOCK = "lock table document in access exclusive mode";

    @Inject
    HistoryService history;

    private String collection = "";

    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tandem.callers.share",
                    "0.5",
                    "tandem.callers.reads",
                    "4",
                    "tandem.callers.writes",
                    "4",
                    "tandem.callers.searches",
                    "2",
                    "tandem.callers.rate",
                    "1",
                    "tandem.quota.documents",
                    String.valueOf(DOCUMENTS),
                    "tandem.quota.spool",
                    "4K",
                    "tandem.quota.history",
                    "10K",
                    "tandem.callers.burst",
                    String.valueOf(BURST),
                    "tandem.database.lock-timeout",
                    "30S");
        }
    }

    @BeforeEach
    void add() {
        collection = Api.collection();
        Api.put(collection, "a", "{\"title\": \"x\"}");
    }

    /** The next one is told so at once. What has ended makes room. */
    @Test
    void requestsInFlightAreLimitedInAllAndForEachCaller() throws Exception {
        List<OpenRequest> waiting = new ArrayList<>();
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            Database.execute(holder, LOCK);
            waiting.add(new OpenRequest(ONE, reading()));
            waiting.add(new OpenRequest(ONE, reading()));
            waiting.add(new OpenRequest(OTHER, reading()));
            awaitInFlight("read", 3);
            assertRefused(new OpenRequest(ONE, reading()), "busy.reads");
            waiting.add(new OpenRequest(OTHER, reading()));
            awaitInFlight("read", 4);
            assertRefused(new OpenRequest(THIRD, reading()), "busy.reads");
            waiting.add(new OpenRequest(THIRD, put("b")));
            awaitInFlight("write", 1);
            holder.rollback();
        }
        for (OpenRequest request : waiting) {
            assertThat(request.status()).isBetween(200, 201);
            request.close();
        }
        awaitInFlight("read", 0);
        awaitInFlight("write", 0);
        assertThat(metric("tandem_requests_refused_total", "read")).isGreaterThanOrEqualTo(2);
        assertThat(Api.operating("/q/metrics").asString().lines())
                .filteredOn(line -> line.startsWith("http_server_requests_seconds_count")
                        && line.contains("uri=\"/v1/collections/{name}/documents/{key}\"")
                        && line.contains("status=\"503\""))
                .hasSize(1);
    }

    /** By its kind, whatever else is full. */
    @Test
    void aRequestOfAKindThatIsNotFullIsLetIn() throws Exception {
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            Database.execute(holder, LOCK);
            try (OpenRequest one = new OpenRequest(ONE, reading());
                    OpenRequest two = new OpenRequest(ONE, reading())) {
                awaitInFlight("read", 2);
                assertRefused(new OpenRequest(ONE, reading()), "busy.reads");
                assertThat(ask(ONE, "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .status())
                        .isEqualTo(404);
                try (OpenRequest writing = new OpenRequest(ONE, put("f"))) {
                    awaitInFlight("write", 1);
                    holder.rollback();
                    assertThat(writing.status()).isEqualTo(201);
                }
                assertThat(one.status()).isEqualTo(200);
                assertThat(two.status()).isEqualTo(200);
            }
        }
        awaitInFlight("read", 0);
    }

    @Test
    void aRequestWhoseClientIsGoneIsNotInFlight() throws Exception {
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            Database.execute(holder, LOCK);
            try (OpenRequest one = new OpenRequest(ONE, reading());
                    OpenRequest two = new OpenRequest(ONE, put("c"))) {
                awaitInFlight("read", 1);
                awaitInFlight("write", 1);
            }
            awaitInFlight("read", 0);
            awaitInFlight("write", 0);
            holder.rollback();
        }
    }

    /** It needs nothing that others could use. */
    @Test
    void aBodyThatHasNotArrivedTakesNoSlot() throws IOException {
        String begun = put("d").replace("Content-Length: 14", "Content-Length: 1000");
        List<OpenRequest> dribbling = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            dribbling.add(new OpenRequest(i % 2 == 0 ? ONE : OTHER, begun));
        }
        try (OpenRequest whole = new OpenRequest(ONE, put("e"))) {
            assertThat(whole.status()).isEqualTo(201);
        }
        for (OpenRequest request : dribbling) {
            request.close();
        }
    }

    @Thorough
    @Test
    void whoAsksForMoreThanACallerMayIsToldWhenToAskAgain() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < BURST + 100; i++) {
            answers.add(ask(GREEDY, reading()));
        }
        assertThat(answers.subList(0, BURST)).extracting(Answer::status).containsOnly(200);
        Answer refused = answers.getLast();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate.exceeded");
        assertThat(refused.isProblem()).isTrue();
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(ask(OTHER, reading()).status()).isEqualTo(200);
        assertThat(metric("tandem_requests_over_rate_total", "")).isPositive();
        await().atMost(PATIENCE).until(() -> ask(GREEDY, reading()).status() == 200);
    }

    @Test
    void aCollectionHasNoMoreDocumentsThanItMay() {
        String lines = IntStream.range(0, 2 * DOCUMENTS)
                .mapToObj("{\"key\": \"k-%d\", \"title\": \"x\"}\n"::formatted)
                .collect(joining());
        String summary = RawHttp.send(
                        "POST", documents(collection) + ":import", lines, "Content-Type: application/x-ndjson")
                .body();
        assertThat(summary).contains("quota.documents");
        for (int i = 0; i < DOCUMENTS - 1; i++) {
            assertThat(ask(DOCUMENT_WRITER, put("n-" + i)).status()).isEqualTo(201);
        }
        Answer refused = ask(DOCUMENT_WRITER, put("one-more"));
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.code()).isEqualTo("quota.documents");
        assertThat(ask(DOCUMENT_WRITER, put("n-1")).status()).isEqualTo(200);
    }

    @Test
    void importsThatWaitAreNoLargerThanTheyMayBe() {
        byte[] octets = new byte[6_000];
        new Random(1).nextBytes(octets);
        String line =
                "{\"key\": \"large\", \"content\": \"" + Base64.getEncoder().encodeToString(octets) + "\"}\n";
        Answer refused = RawHttp.send(
                "POST",
                documents(collection) + ":import",
                line,
                "Content-Type: application/x-ndjson",
                "Prefer: respond-async");
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.code()).isEqualTo("quota.spool");
    }

    @Test
    void revisionsOfADocumentAreNoLargerThanTheyMayBe() {
        for (int i = 0; i < 5; i++) {
            Api.json("{\"content\": \"%s\"}".formatted(Integer.toString(i).repeat(4_000)))
                    .put(documents(collection) + "/a")
                    .then()
                    .statusCode(200);
        }
        get(history.prune());
        assertThat(given().get(documents(collection) + "/a/revisions")
                        .jsonPath()
                        .getList("items.version"))
                .containsExactly(6, 5, 4);
    }

    private static Answer ask(String address, String request) {
        try (OpenRequest open = new OpenRequest(address, request)) {
            return open.answer();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRefused(OpenRequest request, String code) throws IOException {
        try (request) {
            Answer answer = request.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.headers()).containsEntry("retry-after", "1");
        }
    }

    private static void awaitInFlight(String kind, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(metric("tandem_requests_in_flight", kind))
                .isEqualTo(count));
    }

    private static double metric(String name, String kind) {
        Pattern line = Pattern.compile(Pattern.quote(name) + "(?:\\{.*kind=\"" + kind + "\".*\\})? (.*)");
        return Api.operating("/q/metrics")
                .asString()
                .lines()
                .map(line::matcher)
                .filter(matcher -> matcher.matches())
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1)))
                .sum();
    }

    private String reading() {
        return "GET " + documents(collection) + "/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private String put(String key) {
        return "PUT " + documents(collection) + "/" + key
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                + "{\"title\": \"x\"}";
    }
}
