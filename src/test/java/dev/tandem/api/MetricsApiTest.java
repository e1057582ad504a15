package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is counted of requests, as whoever reads the metrics sees it. */
@QuarkusTest
class MetricsApiTest {

    private static final String METER = "http_server_requests_seconds_count";

    /** More than the series with different addresses that Quarkus allows. */
    private static final int MANY = 110;

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "OTHER");

    @Test
    void inventionsAreCountedTogetherAndRoutesStillApart() throws IOException {
        String collection = Api.collection();
        for (int i = 0; i < MANY; i++) {
            assertThat(RawHttp.send("INVENTED" + i, COLLECTIONS, "").status()).isBetween(400, 499);
            assertThat(RawHttp.send("GET", COLLECTIONS + "/invented%0" + i % 10 + "/" + i + "/..", "")
                            .status())
                    .isEqualTo(400);
            assertThat(RawHttp.send("GET", COLLECTIONS + "/i" + i + "?unknown=1", "")
                            .status())
                    .isEqualTo(400);
            assertThat(RawHttp.send("OPTIONS", "/v1/invented" + i, "").status()).isBetween(200, 499);
            vanish("POST /v1/invented" + i + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
        }
        json("{\"title\": \"a\"}").put(documents(collection) + "/a").then().statusCode(201);
        given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body("{\"title\": \"a\"}\n".getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200);
        // A request is counted a moment after its answer has arrived.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(values("uri"))
                .contains(
                        "/v1/collections/{name}/documents/{key}",
                        "/v1/collections/{name}/documents:import",
                        "OTHER",
                        "NOT_FOUND"));
        assertThat(values("uri")).noneMatch(uri -> uri.contains("invented") || uri.contains(collection));
        Set<String> described = new TreeSet<>(given().queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .<String, Object>getMap("paths")
                .keySet());
        assertThat(values("uri")).filteredOn(uri -> uri.startsWith("/v1/")).allMatch(described::contains);
        assertThat(values("method")).allMatch(METHODS::contains);
    }

    private static Set<String> values(String tag) {
        Pattern value = Pattern.compile("[{,]" + tag + "=\"([^\"]*)\"");
        return Api.operating("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(METER))
                .flatMap(line -> value.matcher(line).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Disconnects with a reset in the middle of a body. */
    private static void vanish(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
