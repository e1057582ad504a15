package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.testing.Logged;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportApiTest {

    private static final String NDJSON = "application/x-ndjson";

    private String collection = "";
    private String documents = "";

    @BeforeEach
    void create() {
        collection = Api.collection();
        documents = documents(collection);
    }

    @Test
    void writesEachLineAndCounts() {
        List<JsonPath> answer = imported("", """
                {"key": "a", "title": "one", "metadata": {"n": 1}}

                {"key": "b", "vector": [1, 2, 3]}
                {"content": "without a key"}
                """);
        assertSummary(answer, 3, 3, 0, 0, 0);
        assertThat(answer).hasSize(1);
        given().get(documents + "/a").then().statusCode(200).body("title", equalTo("one"));
        given().get(documents + "?count=exact").then().body("count", equalTo(3));
        assertSummary(
                imported("", "{\"key\": \"a\", \"title\": \"two\"}\n{\"key\": \"b\", \"vector\": [1, 2, 3]}"),
                2,
                0,
                1,
                1,
                0);
        given().get(documents + "/a").then().body("version", equalTo(2)).body("metadata", equalTo(java.util.Map.of()));
        given().get(documents + "/b").then().body("version", equalTo(1));
    }

    /** Documents that are replaced are read a few at a time. */
    @Thorough
    @Test
    void writesOverLargeDocuments() {
        int count = 20;
        String large = "large ".repeat(150_000);
        assertSummary(imported("", lines(count, large)), count, count, 0, 0, 0);
        List<JsonPath> changed = imported("?results=all", lines(count, "small"));
        assertThat(changed.stream().map(line -> line.getInt("line")).limit(count))
                .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
        assertSummary(changed, count, 0, count, 0, 0);
        assertSummary(imported("", lines(count, "small")), count, 0, 0, count, 0);
        given().get(documents + "/k7")
                .then()
                .body("content", equalTo("small 7"))
                .body("version", equalTo(2));
        given().get(documents + "/k7/revisions/1").then().body("content", equalTo(large + " 7"));
    }

    private static String lines(int count, String content) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"key\": \"k%d\", \"content\": \"%s %d\"}".formatted(n, content, n))
                .collect(joining("\n"));
    }

    @Test
    void answersEveryLineIfAsked() {
        List<JsonPath> answer =
                imported("?results=all", "[{\"key\": \"a\", \"title\": \"x\"}, {\"key\": \"a\", \"title\": \"x\"}]");
        assertThat(answer).hasSize(3);
        assertThat(answer.get(0).getInt("line")).isEqualTo(1);
        assertThat(answer.get(0).getInt("status")).isEqualTo(201);
        assertThat(answer.get(0).getString("outcome")).isEqualTo("created");
        assertThat(answer.get(1).getString("outcome")).isEqualTo("unchanged");
        assertThat(answer.get(1).getInt("version")).isEqualTo(1);
        assertSummary(answer, 2, 1, 0, 1, 0);
    }

    @Test
    void refusesBadLinesAndGoesOn() {
        List<JsonPath> answer = imported("", """
                {"key": "a", "title": "fine"}
                {"key": "b", "titel": "misspelt"}
                rubbish
                {"key": "c", "title": 1}
                null
                {"key": "d"}
                {"key": "d", "title": "fine"}
                """);
        assertSummary(answer, 7, 2, 0, 0, 5);
        assertThat(answer.stream().map(line -> line.getInt("line")).limit(5)).containsExactly(2, 3, 4, 5, 6);
        assertRefused(answer.get(0), "b", 400, "json.unknown_field");
        assertThat(answer.get(0).getString("error.errors[0].pointer")).isEqualTo("/titel");
        assertRefused(answer.get(1), null, 400, "json.malformed");
        assertRefused(answer.get(2), "c", 400, "json.wrong_type");
        assertRefused(answer.get(3), null, 400, "json.wrong_type");
        assertRefused(answer.get(4), "d", 422, "request.rejected");
        assertThat(answer.get(4).getString("error.errors[0].code")).isEqualTo("document.empty");
        given().get(documents + "?count=exact").then().body("count", equalTo(2));
    }

    @Test
    void createsReplacesOrBoth() {
        imported("", "{\"key\": \"a\", \"title\": \"1\"}");
        List<JsonPath> created =
                imported("?mode=create", "{\"key\": \"a\", \"title\": \"2\"}\n{\"key\": \"b\", \"title\": \"2\"}");
        assertRefused(created.get(0), "a", 409, "document.key.taken");
        assertSummary(created, 2, 1, 0, 0, 1);
        List<JsonPath> replaced =
                imported("?mode=replace", "{\"key\": \"a\", \"title\": \"3\"}\n{\"key\": \"c\", \"title\": \"3\"}");
        assertRefused(replaced.get(0), "c", 404, "document.not_found");
        assertSummary(replaced, 2, 0, 1, 0, 1);
    }

    @Test
    void holdsEachLineToItsVersion() {
        imported("", "{\"key\": \"a\", \"title\": \"1\"}");
        List<JsonPath> answer = imported("", """
                {"key": "a", "title": "2", "ifVersion": 7}
                {"key": "a", "title": "2", "ifVersion": 1}
                {"key": "a", "title": "3", "ifVersion": 2}
                {"key": "a", "title": "4", "ifVersion": 0}
                {"key": "b", "title": "1", "ifVersion": 0}
                {"key": "c", "title": "1", "ifVersion": 1}
                """);
        assertSummary(answer, 6, 1, 2, 0, 3);
        assertRefused(answer.get(0), "a", 412, "precondition.failed");
        assertThat(answer.get(0).getLong("error.currentVersion")).isEqualTo(1);
        assertThat(answer.get(1).getInt("line")).isEqualTo(4);
        assertRefused(answer.get(2), "c", 412, "precondition.failed");
        String strict =
                Api.collection("\"requireIfMatch\": true, \"embedding\": {\"model\": \"none\", \"dimensions\": 3}");
        imported(strict, "", "{\"key\": \"a\", \"title\": \"1\"}");
        assertRefused(
                imported(strict, "", "{\"key\": \"a\", \"title\": \"2\"}").getFirst(),
                "a",
                428,
                "precondition.required");
    }

    @Test
    void stopsAtTheFirstRefusalIfAsked() {
        imported("", "{\"key\": \"taken\", \"title\": \"1\"}");
        List<JsonPath> answer = imported("?mode=create&onError=abort", """
                {"key": "a", "title": "1"}
                {"key": "taken", "title": "2"}
                {"key": "b", "title": "1"}
                rubbish
                """);
        assertRefused(answer.get(0), "taken", 409, "document.key.taken");
        assertSummary(answer, 2, 1, 0, 0, 1);
        assertThat(answer.getLast().getString("summary.stopped.code")).isEqualTo("document.key.taken");
        given().get(documents + "/a").then().statusCode(200);
        given().get(documents + "/b").then().statusCode(404);
        List<JsonPath> unreadable = imported(
                "?onError=abort", "{\"key\": \"c\", \"title\": \"1\"}\nrubbish\n{\"key\": \"d\", \"title\": \"1\"}");
        assertSummary(unreadable, 2, 1, 0, 0, 1);
        given().get(documents + "/d").then().statusCode(404);
    }

    /** A client that sends the next line only after the answer to the last one gets an answer. */
    @Test
    void keepsNobodyWaitingForMoreLines() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.write(("POST " + documents + ":import?results=all HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                            + NDJSON + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int line = 1; line <= 3; line++) {
                String text = "{\"key\": \"k" + line + "\", \"title\": \"x\"}\n";
                out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                String key = "\"k" + line + "\"";
                assertThat(in.lines().filter(said -> said.contains(key)).findFirst())
                        .isPresent();
                given().get(documents + "/k" + line).then().statusCode(200);
            }
        }
    }

    @Test
    void readsWhatWouldRatherBeHttp2() throws IOException, InterruptedException {
        try (Logged logged = new Logged();
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + documents + ":import"))
                            .header("Content-Type", NDJSON)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"title\": \"x\"}\n".repeat(600)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.body()).contains("\"created\":600");
            assertThat(logged.lines()).isEmpty();
        }
    }

    @Test
    void expandsGzip() throws IOException {
        String text = "{\"key\": \"a\", \"title\": \"x\"}\n".repeat(3);
        byte[] lines = text.getBytes(StandardCharsets.UTF_8);
        assertSummary(lines(encoded("gzip", packed(text))), 3, 1, 0, 2, 0);
        JsonPath broken = lines(encoded("gzip", lines)).getFirst();
        assertThat(broken.getString("summary.stopped.code")).isEqualTo("import.encoding");
        assertThat(broken.getInt("summary.stopped.status")).isEqualTo(400);
        problem(encoded("br", lines), 415, "http.unsupported_media_type");
    }

    @Test
    void givesUpOnABodyOfNothing() throws IOException {
        JsonPath last = lines(encoded("gzip", packed("\n".repeat(80_000_000)))).getFirst();
        assertThat(last.getString("summary.stopped.code")).isEqualTo("import.no_line");
        assertThat(last.getInt("summary.stopped.status")).isEqualTo(413);
    }

    /** A few packets may contain this many lines. They wait for their turn without delaying other requests. */
    @Thorough
    @Test
    void expandsNoFasterThanItWrites() throws IOException {
        int count = 200_000;
        Response answer = encoded("gzip", packed("1\n".repeat(count)));
        answer.then().statusCode(200);
        JsonPath last =
                new JsonPath(answer.asString().substring(answer.asString().lastIndexOf("{\"summary\"")));
        assertThat(last.getString("summary.stopped")).isNull();
        assertThat(last.getInt("summary.received")).isEqualTo(count);
        assertThat(last.getInt("summary.failed")).isEqualTo(count);
    }

    @Test
    void tellsTheKeyOfWhateverIsRefused() {
        String deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        List<JsonPath> answer = imported("", """
                {"title": 1, "title": 2, "key": "twice"}
                {"metadata": %s, "key": "deep"}
                {"key": "cut off", "title": "
                {"key": "nul\\u0000", "title": "x"}
                {"key": "%s", "title": "x"}
                """.formatted(deep, "k".repeat(300)));
        assertThat(answer.stream().map(line -> line.getString("key")).limit(5))
                .containsExactly("twice", "deep", "cut off", "nul\0", "k".repeat(256));
        assertSummary(answer, 5, 0, 0, 0, 5);
    }

    /** The document has its text, but no vector yet: the model must make it. */
    @Test
    void noChunksAreNotChunks() {
        String modelled = Api.collection("\"description\": null");
        assertSummary(
                imported(
                        modelled,
                        "",
                        "{\"key\": \"a\", \"title\": \"x\", \"model\": \"all-minilm-l6-v2\", \"chunks\": []}"),
                1,
                1,
                0,
                0,
                0);
        await().atMost(PATIENCE)
                .until(() -> given().get("/v1/collections/" + modelled + "/stats")
                                .jsonPath()
                                .getInt("chunks")
                        == 1);
    }

    @Test
    void refusesALineThatIsTooLong() {
        String tooLong = "{\"key\": \"long\", \"content\": \"" + "x".repeat(5_000_000) + "\"}";
        List<JsonPath> answer =
                imported("", "{\"key\": \"a\", \"title\": \"1\"}\n" + tooLong + "\n{\"key\": \"b\", \"title\": \"1\"}");
        assertRefused(answer.getFirst(), "long", 413, "import.line_too_long");
        assertSummary(answer, 3, 2, 0, 0, 1);
    }

    @Test
    void refusesRequestsThatAreNone() {
        problem(ndjson("{}").post("/v1/collections/no-such/documents:import"), 404, "collection.not_found");
        problem(
                ndjson("{}").urlEncodingEnabled(false).post("/v1/collections/%25zz/documents:import"),
                404,
                "collection.not_found");
        problem(ndjson("{}").post(documents + ":import?mode=mend"), 400, "/mode", "parameter.choice");
        problem(ndjson("{}").post(documents + ":import?onError=panic"), 400, "/onError", "parameter.choice");
        problem(ndjson("{}").post(documents + ":import?results=some"), 400, "/results", "parameter.choice");
        problem(ndjson("{}").post(documents + ":import?dryRun=true"), 400, "/dryRun", "parameter.unknown");
        problem(
                given().urlEncodingEnabled(false)
                        .contentType("text/html")
                        .body("{}")
                        .post(documents + ":import"),
                415,
                "http.unsupported_media_type");
        problem(ndjson("{}").header("Idempotency-Key", "ä").post(documents + ":import"), 400, "idempotency.malformed");
        problem(ndjson("{}").header("Tandem-Author", " ä").post(documents + ":import"), 400, "header.tandem_author");
        assertSummary(imported("", ""), 0, 0, 0, 0, 0);
        assertSummary(imported("", "[]"), 0, 0, 0, 0, 0);
    }

    @Test
    void namesTheAuthorOfEveryLine() {
        ndjson("{\"key\": \"a\", \"title\": \"1\"}")
                .header("Tandem-Author", "ada@example.org")
                .post(documents + ":import")
                .then()
                .statusCode(200);
        given().get(documents + "/a/revisions").then().body("items[0].author", equalTo("ada@example.org"));
        imported("", "{\"key\": \"a\", \"title\": \"2\"}\n{\"key\": \"a\", \"title\": \"3\"}");
        given().get(documents + "/a/revisions").then().body("items.version", equalTo(List.of(3, 2, 1)));
        given().get(documents + "/a/revisions/2").then().body("title", equalTo("2"));
    }

    @Test
    void anArrayThatBreaksOffLosesNoLineSilently() {
        List<JsonPath> answer = imported("", "[{\"key\": \"a\", \"title\": \"1\"}, {\"key\": \"b\", \"title\": \"1\"");
        assertRefused(answer.getFirst(), "b", 400, "json.malformed");
        assertSummary(answer, 2, 1, 0, 0, 1);
    }

    @Test
    void whatWasImportedIsFound() {
        json("{\"query\": \"unheard\", \"mode\": \"keyword\"}")
                .header(
                        "Tandem-Sequence",
                        imported("", "{\"key\": \"a\", \"title\": \"Unheard of\"}")
                                .getLast()
                                .getString("summary.sequence"))
                .post("/v1/collections/" + collection + "/search")
                .then()
                .statusCode(200)
                .body("items[0].key", equalTo("a"));
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static void assertRefused(JsonPath line, String key, int status, String code) {
        assertThat(line.getString("key")).isEqualTo(key);
        assertThat(line.getInt("status")).isEqualTo(status);
        assertThat(line.getString("error.code")).isEqualTo(code);
    }

    private static void assertSummary(
            List<JsonPath> answer, int received, int created, int updated, int unchanged, int failed) {
        JsonPath last = answer.getLast();
        assertThat(List.of("received", "created", "updated", "unchanged", "failed"))
                .extracting(count -> last.getInt("summary." + count))
                .containsExactly(received, created, updated, unchanged, failed);
    }

    private List<JsonPath> imported(String query, String body) {
        return imported(collection, query, body);
    }

    private static List<JsonPath> imported(String collection, String query, String body) {
        return lines(ndjson(body).post(documents(collection) + ":import" + query));
    }

    private static List<JsonPath> lines(Response response) {
        response.then().statusCode(200).contentType(NDJSON);
        return response.asString().lines().map(JsonPath::new).toList();
    }

    private Response encoded(String coding, byte[] body) {
        return ndjson("").header("Content-Encoding", coding).body(body).post(documents + ":import");
    }

    private static RequestSpecification ndjson(String body) {
        return given().urlEncodingEnabled(false).contentType(NDJSON).body(body.getBytes(StandardCharsets.UTF_8));
    }
}
