package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.tandem.api.RerankApiTest.TwoRerankers;
import dev.tandem.embedding.rerank.Reranker;
import dev.tandem.embedding.rerank.Rerankers;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.ScriptedReranker;
import dev.tandem.testing.ScriptedReranker.Fault;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two rerankers, one of each protocol. The hits of the search alone are in the order of their keys. */
@QuarkusTest
@TestProfile(TwoRerankers.class)
class RerankApiTest {

    private static final String COHERE = "cohere.one";
    private static final String TEI = "tei-one";
    private static final String AWAY =
            "The reranker is away at the moment; the hits are in the order of the search alone.";

    @Inject
    Vertx vertx;

    @Inject
    FakeEmbedder embedder;

    @Inject
    Rerankers rerankers;

    private final List<String> collections = new ArrayList<>();
    private ScriptedReranker server;
    private String name = "";

    @BeforeEach
    void begin() {
        server = new ScriptedReranker(vertx);
        server.listen(ConfigProvider.getConfig()
                .getValue("tandem.rerank.servers.\"" + TEI + "\".url", URI.class)
                .getPort());
        rerankers.all().forEach(this::awaitAnswer);
        server.reset();
        name = Api.collection();
        collections.add(name);
    }

    /** After failures of another test, nothing may be sent for a moment. */
    private void awaitAnswer(Reranker reranker) {
        await().atMost(PATIENCE)
                .until(() -> get(reranker.scores("tea", List.of("tea"))
                        .replaceWith(true)
                        .onFailure()
                        .recoverWithItem(false)));
    }

    @AfterEach
    void end() {
        server.close();
        embedder.reset();
        collections.forEach(collection -> given().delete(COLLECTIONS + "/" + collection));
    }

    @ParameterizedTest
    @ValueSource(strings = {COHERE, TEI})
    void theBestAreOrderedByTheirTexts(String model) {
        put(0.1, 0.2, -0.5, 0.9);
        String rerank = "\"rerank\": {\"model\": \"" + model + "\"}";
        JsonPath plain = search("\"explain\": true").jsonPath();
        assertThat(keys(plain)).containsExactly("doc-0", "doc-1", "doc-2", "doc-3");
        assertThat(server.requests()).isEmpty();
        JsonPath hits = search("\"explain\": true, " + rerank).jsonPath();
        assertThat(keys(hits)).containsExactly("doc-3", "doc-1", "doc-0", "doc-2");
        assertThat(hits.getList("items.rerankScore")).isEqualTo(List.of(0.9f, 0.2f, 0.1f, -0.5f));
        assertThat(hits.getList("items.explanation.rankBefore")).isEqualTo(List.of(4, 2, 1, 3));
        assertThat(hits.getList("warnings")).isEqualTo(plain.getList("warnings"));
        // All else is as without it.
        for (int i = 0; i < 4; i++) {
            Map<String, Object> before =
                    plain.getMap("items[" + (hits.getInt("items[" + i + "].explanation.rankBefore") - 1) + "]");
            Map<String, Object> after = hits.getMap("items[" + i + "]");
            after.remove("rerankScore");
            after.remove("explanation");
            before.remove("explanation");
            assertThat(after).isEqualTo(before);
        }
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().getFirst().query()).isEqualTo("tea");
        assertThat(server.texts()).contains("Tea 0\nscore=0.1").hasSize(4);
    }

    @Test
    void theOthersFollowAsTheyWere() {
        put(0.1, 0.2, 0.3, 0.4, 0.5);
        JsonPath hits = search(rerank("\"top\": 2")).jsonPath();
        assertThat(keys(hits)).containsExactly("doc-1", "doc-0", "doc-2", "doc-3", "doc-4");
        assertThat(hits.<Object>getList("items.rerankScore")).containsExactly(0.2f, 0.1f, null, null, null);
        assertThat(server.texts()).hasSize(2);
    }

    @Test
    void moreAreOrderedThanAreAnswered() {
        put(0.1, 0.2, 0.3, 0.4, 0.5);
        JsonPath hits = search("\"limit\": 2, " + rerank("\"top\": 5")).jsonPath();
        assertThat(keys(hits)).containsExactly("doc-4", "doc-3");
        assertThat(hits.getList("warnings")).isEmpty();
        hits = search("\"limit\": 4, " + rerank("\"top\": 3")).jsonPath();
        assertThat(keys(hits)).containsExactly("doc-2", "doc-1", "doc-0", "doc-3");
    }

    @Thorough
    @Test
    void equalScoresLeaveTheOrderAsItWas() {
        put(0.5, 0.7, 0.5, 0.7, 0.5);
        assertThat(keys(search(rerank("\"top\": 200")).jsonPath()))
                .containsExactly("doc-1", "doc-3", "doc-0", "doc-2", "doc-4");
    }

    @Test
    void twoHundredAreSentInSeveralRequests() {
        String lines = String.join(
                "\n",
                IntStream.range(0, 220)
                        .mapToObj(i -> "{\"key\": \"doc-%03d\", \"title\": \"score=%d\", \"vector\": [1, %s, 0]}"
                                .formatted(i, i, i / 100.0))
                        .toList());
        given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(name) + ":import")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> given().get(COLLECTIONS + "/" + name + "/stats")
                .then()
                .body("documents", equalTo(220))
                .body("index.lag", equalTo(0)));
        server.mostTexts(32);
        JsonPath hits = searched(
                        "{\"query\": \"tea\", \"vector\": [1, 0, 0], \"mode\": \"vector\", \"limit\": 220, \"include\": [], "
                                + "\"rerank\": {\"model\": \"" + TEI + "\", \"top\": 200}}")
                .jsonPath();
        assertThat(keys(hits))
                .containsExactlyElementsOf(
                        IntStream.concat(IntStream.range(0, 200).map(i -> 199 - i), IntStream.range(200, 220))
                                .mapToObj("doc-%03d"::formatted)
                                .toList());
        assertThat(server.requests()).hasSize(7);
    }

    @Test
    void aDocumentWithoutTextIsNotSentAndFollows() {
        put(0.1, 0.2);
        Api.put(name, "doc-", "{\"vector\": [1, 0, 0]}");
        JsonPath hits = search(rerank("\"top\": 10")).jsonPath();
        assertThat(keys(hits)).containsExactly("doc-1", "doc-0", "doc-");
        assertThat(server.texts()).hasSize(2);
    }

    @Test
    void theTextIsTheBestChunkOrElseTheBeginning() {
        String owner = Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL
                + "\"}, \"chunking\": {\"maxTokens\": 16, \"overlapTokens\": 0}");
        collections.add(owner);
        String far = "filler ".repeat(600) + "green leaves are steeped. ";
        Api.put(owner, "tea", "{\"title\": \"Tea \ud83c\udf75\", \"content\": \"\ud83c\udf75 " + far + "\"}");
        String query = "{\"query\": \"leaves steeped\", \"include\": [\"chunk\"], %s " + rerank("\"top\": 1") + "}";
        JsonPath found = json(query.formatted(""))
                .post(COLLECTIONS + "/" + owner + "/search")
                .jsonPath();
        String chunk = found.getString("items[0].chunk.text");
        assertThat(chunk).contains("leaves");
        assertThat(server.texts()).containsExactly("Tea \ud83c\udf75\n" + chunk);
        server.reset();
        json(query.formatted("\"mode\": \"keyword\","))
                .post(COLLECTIONS + "/" + owner + "/search")
                .then()
                .statusCode(200);
        assertThat(server.texts()).containsExactly(("Tea \ud83c\udf75\n\ud83c\udf75 " + far).substring(0, 2_000));
    }

    @Test
    void aQueryIsSentWithoutItsOperators() {
        put(0.1);
        searched("{\"query\": \"tea -coffee\", \"syntax\": \"simple\", " + rerank("\"top\": 1") + "}");
        assertThat(server.requests().getFirst().query()).isEqualTo("tea");
    }

    @Test
    void withoutHitsNobodyIsAsked() {
        put(0.1);
        server.always(Fault.BROKEN);
        searched("{\"query\": \"coffee\", \"mode\": \"keyword\", " + rerank("\"top\": 1") + "}")
                .then()
                .statusCode(200)
                .body("items", empty());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void allThatASearchShowsIsShown() {
        put(0.1, 0.2);
        search("\"include\": [\"document\", \"highlights\", \"vector\", \"chunk\"], " + rerank("\"top\": 2"))
                .then()
                .body("items.key", contains("doc-1", "doc-0"))
                .body("items[0].vector[0]", equalTo(1f))
                .body("items[0].document.title", equalTo("Tea 1"))
                .body("items[0].highlights.title", hasItem(containsString("<em>Tea</em>")));
    }

    /** Tenants' documents do not meet on their way to the server either. */
    @Test
    void onlyTextsThatMatchTheFilterAreSent() {
        put(0.1, 0.2, 0.3, 0.4);
        search("\"filter\": {\"n\": {\"$lt\": 2}}, " + rerank("\"top\": 50"))
                .then()
                .body("items.key", contains("doc-1", "doc-0"));
        assertThat(server.texts()).containsExactly("Tea 0\nscore=0.1", "Tea 1\nscore=0.2");
    }

    @Test
    void aDocumentThatIsDeletedMeanwhileIsNotAnswered() throws Exception {
        put(0.1, 0.2, 0.3, 0.4);
        server.next(Fault.HANGS);
        CompletableFuture<Response> search =
                CompletableFuture.supplyAsync(() -> search("\"limit\": 3, " + rerank("\"top\": 3")));
        await().atMost(PATIENCE).until(() -> server.hangingNow() == 1);
        given().delete(documents(name) + "/doc-2").then().statusCode(204);
        server.release();
        assertThat(keys(search.get().jsonPath())).containsExactly("doc-1", "doc-0", "doc-3");
    }

    @ParameterizedTest
    @CsvSource({
        "BROKEN, rerank.away, 5",
        "HANGS, rerank.away, 5",
        "BUSY, rerank.busy, 1",
        "UNAUTHORIZED, rerank.misconfigured, 60",
        "TOO_LONG, rerank.misconfigured, 60",
        "TOO_FEW, rerank.bad_answer, 60",
        "NOT_A_NUMBER, rerank.bad_answer, 60"
    })
    void aRerankerThatFailsIsTheNamedCause(Fault fault, String code, String retryAfter) {
        put(0.1, 0.2);
        server.next(fault);
        long begun = System.nanoTime();
        problem(search(rerank("\"top\": 2")), 503, code).header("Retry-After", equalTo(retryAfter));
        // 20 s is what a search may take.
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN", "HANGS", "CUT", "UNAUTHORIZED", "JUNK", "TWICE_ONE_INDEX", "INFINITE"})
    void withoutItTheOrderIsThatOfTheSearch(Fault fault) {
        put(0.1, 0.2);
        server.next(fault);
        search("\"explain\": true, \"degrade\": true, " + rerank("\"top\": 2"))
                .then()
                .statusCode(200)
                .body("items.key", contains("doc-0", "doc-1"))
                .body("items.rerankScore", contains((Object) null, null))
                .body("items.explanation.rankBefore", contains((Object) null, null))
                .body("warnings", hasItem(AWAY));
    }

    /** Whoever searches meanwhile does not wait: the server is silent, and a second is what it has. */
    @Test
    void aRerankerThatIsAwayHoldsNoSearchUp() {
        put(0.1, 0.2);
        server.always(Fault.HANGS);
        assertThat(failing(COHERE)).isZero();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            int before = server.requests().size();
            Response refused = search(rerank("\"top\": 2"));
            problem(refused, 503, "rerank.away").header("Retry-After", not(emptyOrNullString()));
            return server.requests().size() == before
                    && refused.jsonPath().getString("detail").contains("is asked again after a pause");
        });
        assertThat(failing(COHERE)).isEqualTo(1);
        assertThat(failing(TEI)).isZero();
        // The other one is another server.
        server.always(null);
        server.release();
        search("\"rerank\": {\"model\": \"" + TEI + "\"}").then().body("items.key", contains("doc-1", "doc-0"));
        await().atMost(PATIENCE).until(() -> search(rerank("\"top\": 2")).statusCode() == 200);
        assertThat(failing(COHERE)).isZero();
    }

    private static double failing(String model) {
        String metrics = Api.operating("/q/metrics").asString();
        Matcher found = Pattern.compile(
                        "(?m)^tandem_rerank_failing\\{model=\"" + Pattern.quote(model) + "\".*} (\\S+)$")
                .matcher(metrics);
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    @Test
    void wordsAloneAreRerankedWhileTheVectorsAreAway() {
        String owner = Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL + "\"}");
        collections.add(owner);
        Api.put(owner, "one", "{\"title\": \"tea score=0.1\"}");
        Api.put(owner, "two", "{\"title\": \"tea and more words score=0.2\"}");
        embedder.down(true);
        String search = "{\"query\": \"tea here\", \"degrade\": true, " + rerank("\"top\": 2") + "}";
        for (int i = 0; i < 2; i++) {
            boolean isAway = i == 1;
            server.always(isAway ? Fault.BROKEN : null);
            json(search)
                    .post(COLLECTIONS + "/" + owner + "/search")
                    .then()
                    .statusCode(200)
                    .body("items.key", isAway ? contains("one", "two") : contains("two", "one"))
                    .body("warnings", hasItem(containsString("The vector search is away")))
                    .body("warnings.contains('" + AWAY + "')", equalTo(isAway));
        }
    }

    /** It is asked once, whichever collections the texts are from. */
    @Test
    void hitsOfSeveralCollectionsAreOrderedAsOneList() {
        String other = Api.collection();
        collections.add(other);
        put(0.1, 0.4);
        Api.put(other, "x", "{\"title\": \"Tea\", \"content\": \"score=0.3\", \"vector\": [1, 0.01, 0]}");
        Api.put(other, "y", "{\"title\": \"Tea\", \"content\": \"score=0.2\", \"vector\": [0, 0, 1]}");
        String search = "{\"collections\": [\"%s\", \"%s\"], \"query\": \"tea\", \"vector\": [1, 0, 0], "
                + "\"mode\": \"vector\", \"limit\": 4, \"explain\": true, \"degrade\": true, %s}";
        JsonPath hits = json(search.formatted(name, other, rerank("\"top\": 3")))
                .post("/v1/search")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(keys(hits)).containsExactly("doc-1", "x", "doc-0", "y");
        assertThat(hits.getList("items.collection")).isEqualTo(List.of(name, other, name, other));
        assertThat(hits.<Object>getList("items.rerankScore")).containsExactly(0.4f, 0.3f, 0.1f, null);
        assertThat(server.requests()).hasSize(1);
        assertThat(server.texts()).containsExactlyInAnyOrder("Tea 0\nscore=0.1", "Tea 1\nscore=0.4", "Tea\nscore=0.3");
        server.next(Fault.BROKEN);
        json(search.formatted(name, other, rerank("\"top\": 3")))
                .post("/v1/search")
                .then()
                .statusCode(200)
                .body("items.collection[3]", equalTo(other))
                .body("warnings", hasItem(AWAY));
    }

    @Test
    void whatIsWrongInARequestIsSaid() {
        String collection = COLLECTIONS + "/" + name + "/search";
        for (String rerank : List.of("{}", "{\"model\": \"gpt\"}", "{\"model\": null}", "{\"model\": \"\"}")) {
            Response refused =
                    json("{\"query\": \"tea\", \"rerank\": " + rerank + "}").post(collection);
            problem(refused, 422, "/rerank/model", "search.rerank.model");
            assertThat(refused.asString()).contains(COHERE + ", " + TEI);
        }
        for (String top : List.of("0", "-1", "201", "2147483647")) {
            problem(
                    json("{\"query\": \"tea\", " + rerank("\"top\": " + top) + "}")
                            .post(collection),
                    422,
                    "/rerank/top",
                    "search.rerank.top");
        }
        problem(
                json("{\"vector\": [1, 0, 0], " + rerank("\"top\": 1") + "}").post(collection),
                422,
                "/query",
                "search.query.required");
        for (String rerank :
                List.of("[]", "\"cohere\"", "{\"model\": 1}", "{\"top\": \"many\"}", "{\"modell\": \"x\"}")) {
            json("{\"query\": \"tea\", \"rerank\": " + rerank + "}")
                    .post(collection)
                    .then()
                    .statusCode(400);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void eachSearchOfABatchIsRerankedByItself() {
        put(0.1, 0.2);
        server.next(Fault.TOO_FEW);
        String search = "{\"query\": \"tea\", \"mode\": \"keyword\", %s \"include\": []}";
        json("{\"searches\": [" + search.formatted(rerank("\"top\": 2") + ",") + ", "
                        + search.formatted(rerank("\"top\": 2") + ",") + ", "
                        + search.formatted("\"rerank\": {\"model\": \"gpt\"},") + ", " + search.formatted("") + "]}")
                .post(COLLECTIONS + "/" + name + "/search:batch")
                .then()
                .statusCode(200)
                .body("answers.status", contains(503, 200, 422, 200))
                .body("answers[0].problem.code", equalTo("rerank.bad_answer"))
                .body("answers[1].result.items.key", contains("doc-1", "doc-0"));
    }

    /** The best of each group, as the reranker orders them; the groups need not be among those that it has seen. */
    @Test
    void groupsAreMadeOfTheNewOrder() {
        for (int i = 0; i < 30; i++) {
            Api.put(
                    name,
                    "doc-%02d".formatted(i),
                    "{\"title\": \"Tea\", \"content\": \"score=%s\", \"vector\": [1, %s, 0], \"metadata\": {\"v\": %d}}"
                            .formatted(i / 100.0, (i + 1) / 10.0, i < 28 ? 1 : i));
        }
        JsonPath hits = search("\"limit\": 3, \"groupBy\": {\"field\": \"v\"}, " + rerank("\"top\": 5"))
                .jsonPath();
        assertThat(keys(hits)).containsExactly("doc-04", "doc-28", "doc-29");
        assertThat(server.texts()).hasSize(5);
        assertThat(hits.getList("warnings")).isEmpty();
    }

    /** Of those that the reranker has seen, and by its scores; the others follow. */
    @Test
    void whatTheRerankerPrefersMayGiveWay() {
        double[] scores = {0.1, 0.9, 0.8, 0.7};
        String[] vectors = {"[1, 0.1, 0]", "[1, 0.2, 0]", "[1, 0.2, 0.01]", "[1, -1, 0]"};
        for (int i = 0; i < scores.length; i++) {
            Api.put(
                    name,
                    "doc-" + i,
                    "{\"title\": \"Tea\", \"content\": \"score=%s\", \"vector\": %s}".formatted(scores[i], vectors[i]));
        }
        Api.put(name, "doc-4", "{\"title\": \"Tea\", \"vector\": [1, 2, 0]}");
        String diversity = "\"diversity\": {\"lambda\": 0.4}, \"explain\": true, ";
        JsonPath hits = search(diversity + rerank("\"top\": 4")).jsonPath();
        assertThat(keys(hits)).containsExactly("doc-1", "doc-3", "doc-2", "doc-0", "doc-4");
        assertThat(hits.<Object>getList("items.explanation.diversity.rankBefore"))
                .containsExactly(1, 3, 2, 4);
        assertThat(hits.<Object>getList("items.explanation.rankBefore")).containsExactly(2, 4, 3, 1, null);
    }

    @Test
    void theServiceNamesItsRerankersAndCountsTheirTime() {
        given().get("/v1/info")
                .then()
                .body("rerankers.name", contains(COHERE, TEI))
                .body("rerankers.textCharacters", contains(2_000, 2_000));
        put(0.1);
        search(rerank("\"top\": 1")).then().statusCode(200);
        assertThat(Api.operating("/q/metrics").asString())
                .containsPattern("tandem_search_stage_seconds_count\\{[^}]*stage=\"rerank\"[^}]*} [1-9]")
                .doesNotContain(ScriptedReranker.KEY);
    }

    /** Documents with these scores in their texts, the first of which is nearest to the vector that is searched. */
    private void put(double... scores) {
        for (int i = 0; i < scores.length; i++) {
            Api.put(
                    name,
                    "doc-" + i,
                    "{\"title\": \"Tea %d\", \"content\": \"score=%s\", \"vector\": [1, %s, 0], \"metadata\": {\"n\": %d}}"
                            .formatted(i, scores[i], (i + 1) / 10.0, i));
        }
    }

    private static String rerank(String members) {
        return "\"rerank\": {\"model\": \"" + COHERE + "\", " + members + "}";
    }

    private Response search(String members) {
        return searched("{\"query\": \"tea\", \"vector\": [1, 0, 0], \"mode\": \"vector\", " + members + "}");
    }

    private Response searched(String body) {
        return json(body).post(COLLECTIONS + "/" + name + "/search");
    }

    private static List<String> keys(JsonPath answer) {
        return answer.getList("items.key", String.class);
    }

    /** Both at one address, which the tests listen on. */
    public static class TwoRerankers implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            String address = "http://localhost:" + freePort();
            String cohere = "tandem.rerank.servers.\"" + COHERE + "\".";
            String tei = "tandem.rerank.servers.\"" + TEI + "\".";
            return Map.ofEntries(
                    entry(cohere + "url", address + "/v2"),
                    entry(cohere + "model", ScriptedReranker.MODEL),
                    entry(cohere + "key", ScriptedReranker.KEY),
                    entry(cohere + "timeout", "1s"),
                    entry(tei + "url", address),
                    entry(tei + "protocol", "tei"),
                    entry(tei + "key", ScriptedReranker.KEY));
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
