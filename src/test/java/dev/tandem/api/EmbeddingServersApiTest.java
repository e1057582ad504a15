package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.tandem.api.EmbeddingServersApiTest.TwoServers;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Logged;
import dev.tandem.testing.ScriptedEmbeddings;
import dev.tandem.testing.ScriptedEmbeddings.Fault;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two embedding servers beside the models of the process. Neither is there when the service starts. */
@QuarkusTest
@TestProfile(TwoServers.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddingServersApiTest {

    private static final String FIRST = "first-server";
    private static final String SECOND = "second.server";

    @Inject
    World world;

    @Inject
    Vertx vertx;

    private final List<String> collections = new ArrayList<>();
    private ScriptedEmbeddings first;
    private ScriptedEmbeddings second;

    @BeforeEach
    void begin() {
        first = new ScriptedEmbeddings(vertx);
        second = new ScriptedEmbeddings(vertx);
    }

    @AfterEach
    void end() {
        first.close();
        second.close();
        collections.forEach(name -> given().delete("/v1/collections/" + name));
    }

    @Test
    @Order(1)
    void theServiceStartsWithoutTheServersAndLearnsTheirDimensions() {
        Response refused = json("{\"name\": \"early\", \"embedding\": {\"model\": \"" + FIRST + "\"}}")
                .post("/v1/collections");
        problem(refused, 503, "embedding.dimensions_unknown").header("Retry-After", equalTo("5"));
        // Those of the second are configured.
        String early = collection(SECOND);
        assertThat(given().get("/v1/collections/" + early).then().extract().<Integer>path("embedding.dimensions"))
                .isEqualTo(FakeEmbedder.DIMENSIONS);
        // A mistake is found nevertheless, and names the models.
        problem(
                json("{\"name\": \"x\", \"embedding\": {\"model\": \"gpt\"}}").post("/v1/collections"),
                422,
                "/embedding/model",
                "collection.embedding.model");
        listen(first, FIRST);
        await().atMost(PATIENCE).untilAsserted(() -> collection(FIRST));
    }

    @Test
    void eachChunkIsSentOnceAndHasTheVectorOfWhatWasSent() throws SQLException {
        String name = ready(FIRST, "\"chunking\": {\"maxTokens\": 24, \"overlapTokens\": 4}");
        for (int i = 0; i < 12; i++) {
            String text = words("word" + i, 40);
            put(name, "key-" + i, "{\"title\": \"Title " + i + "\", \"content\": \"" + text + "\"}");
        }
        settle(name);
        Map<String, Vector> stored = new HashMap<>();
        List<Object> texts = chunks(
                name, "document.title || chr(10) || substr(content, start_offset + 1, end_offset - start_offset)");
        List<Object> vectors = chunks(name, "embedding");
        for (int i = 0; i < texts.size(); i++) {
            stored.put("passage: " + texts.get(i), Vector.ofBytes((byte[]) vectors.get(i)));
        }
        assertThat(stored).hasSizeGreaterThan(50);
        assertThat(first.texts()).containsExactlyInAnyOrderElementsOf(stored.keySet());
        stored.forEach((text, vector) -> assertThat(vector).isEqualTo(FakeEmbedder.vectorOf(text)));
        assertThat(first.requests()).allSatisfy(request -> assertThat(request).hasSizeLessThanOrEqualTo(8));

        search(name, "{\"query\": \"word7\", \"mode\": \"vector\", \"limit\": 1}")
                .statusCode(200);
        search(name, "{\"query\": \"word7\", \"mode\": \"vector\", \"limit\": 2}")
                .statusCode(200);
        assertThat(first.texts()).filteredOn(text -> text.startsWith("query: ")).containsExactly("query: word7");
    }

    @Test
    void aServerThatIsAwayDelaysOnlyItsOwnCollections() throws SQLException {
        String away = collection(SECOND);
        String present = ready(FIRST);
        String inProcess = collection(FakeEmbedder.MODEL);
        put(away, "waits", "{\"content\": \"everywhere\"}");
        for (int i = 0; i < 5; i++) {
            put(present, "key-" + i, "{\"content\": \"everywhere " + i + "\"}");
            put(inProcess, "key-" + i, "{\"content\": \"everywhere " + i + "\"}");
            settle(present);
            settle(inProcess);
        }
        search(present, "{\"query\": \"everywhere\"}").statusCode(200).body("items", hasSize(5));
        problem(searched(away, "{\"query\": \"everywhere\"}"), 503, "embedding.away");
        search(away, "{\"query\": \"everywhere\", \"mode\": \"keyword\"}")
                .statusCode(200)
                .body("items", hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(errors(away))
                .singleElement()
                .asString()
                .contains("embedding model '" + SECOND + "' is unavailable"));
        stats(away, 1, 0);
        listen(second, SECOND);
        settle(away);
        search(away, "{\"query\": \"everywhere\"}").statusCode(200).body("items", hasSize(1));
    }

    /** It accepts connections and requests, and answers none. */
    @Test
    void aServerThatIsSilentDelaysNoOtherModelAndNoQuery() {
        listen(second, SECOND);
        second.always(Fault.HANGS);
        String silent = collection(SECOND);
        put(silent, "small", "{\"content\": \"everywhere\"}");
        put(silent, "large", "{\"content\": \"" + words("large", 4_000) + "\"}");
        await().atMost(PATIENCE).until(() -> second.hangingNow() > 0);
        String present = ready(FIRST);
        String inProcess = collection(FakeEmbedder.MODEL);
        for (int i = 0; i < 5; i++) {
            put(present, "key-" + i, "{\"content\": \"everywhere " + i + "\"}");
            put(inProcess, "key-" + i, "{\"content\": \"everywhere " + i + "\"}");
            settle(present);
            settle(inProcess);
            search(present, "{\"query\": \"everywhere " + i + "\"}").statusCode(200);
            search(inProcess, "{\"query\": \"everywhere " + i + "\"}").statusCode(200);
        }
        put(inProcess, "large", "{\"content\": \"" + words("large", 4_000) + "\"}");
        settle(inProcess);
        problem(searched(silent, "{\"query\": \"tea\"}"), 503, "embedding.away");
        stats(silent, 2, 0);
        assertThat(second.hangingNow()).isGreaterThan(0);
        second.always(null);
        second.release();
        settle(silent);
    }

    @Test
    void aPauseIsKeptAndParksNothing() {
        String name = ready(FIRST);
        first.pause("2");
        first.next(Fault.BUSY);
        long begun = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            put(name, "key-" + i, "{\"content\": \"everywhere " + i + "\"}");
        }
        await().atMost(PATIENCE).until(() -> first.requests().size() == 1);
        settle(name);
        assertThat(System.nanoTime() - begun).isGreaterThan(2_000_000_000L);
        assertThat(first.texts())
                .filteredOn(text -> text.equals("passage: everywhere 4"))
                .hasSize(1);
        stats(name, 0, 0);
    }

    /** Each call is cut short, and each gets further. */
    @Thorough
    @Test
    void aLimitOfRequestsDelaysButDoesNotPreventProgress() {
        String name = ready(FIRST);
        first.pause("0");
        // In the wrong order is an answer too; the next request is refused.
        for (int i = 0; i < 200; i++) {
            first.next(Fault.SHUFFLED, Fault.BUSY);
        }
        put(name, "large", "{\"content\": \"" + words("large", 500) + "\"}");
        for (int i = 0; i < 10; i++) {
            put(name, "key-" + i, "{\"content\": \"everywhere " + i + "\"}");
        }
        settle(name);
        stats(name, 0, 0);
        assertThat(first.texts().stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void aTextThatTheServerRefusesIsParkedAndTheOthersAreNot() throws SQLException {
        String name = ready(FIRST);
        first.refuse("evil", 422);
        first.always(Fault.HANGS);
        put(name, "bait", "{\"content\": \"bait\"}");
        await().atMost(PATIENCE).until(() -> first.hangingNow() == 1);
        for (int i = 0; i < 20; i++) {
            put(
                    name,
                    "key-" + i,
                    "{\"content\": \""
                            + (i == 13
                                    ? "evil"
                                    : ScriptedEmbeddings.ZERO_WORD.repeat(i == 17 ? 1 : 0) + " everywhere " + i)
                            + "\"}");
        }
        first.always(null);
        first.release();
        await().atMost(PATIENCE).untilAsserted(() -> stats(name, 0, 2));
        assertThat(chunks(name, "document.key")).hasSize(19);
        given().get("/v1/collections/" + name + "/parked")
                .then()
                .body("items.find { it.key == 'key-13' }.error", containsString("422: This model can't read evil."))
                .body("items.find { it.key == 'key-13' }.attempts", equalTo(3))
                .body("items.find { it.key == 'key-17' }.error", containsString("COSINE can't compare"));
        problem(searched(name, "{\"query\": \"evil\"}"), 422, "/query", "embedding.query_refused");
    }

    @Test
    void aWrongKeyIsSaidLoudlyAndParksNothing() throws SQLException {
        String name = ready(FIRST);
        try (Logged logged = new Logged()) {
            first.key("another");
            put(name, "key", "{\"content\": \"everywhere\"}");
            problem(searched(name, "{\"query\": \"tea\"}"), 503, "embedding.misconfigured");
            await().atMost(PATIENCE).until(() -> errors(name).toString().contains("does not accept what Tandem sends"));
            assertThat(logged.lines())
                    .filteredOn(line -> line.contains("so its documents wait"))
                    .hasSize(1);
            assertThat(logged.lines() + errors(name).toString()).doesNotContain(ScriptedEmbeddings.KEY);
        }
        Api.operating("/q/metrics").then().body(not(containsString(ScriptedEmbeddings.KEY)));
        stats(name, 1, 0);
        first.key(ScriptedEmbeddings.KEY);
        settle(name);
    }

    /** Another model has taken the name of the one that the collection was added with. */
    @Test
    void vectorsOfOtherDimensionsThanTheCollectionsAreNotStored() throws SQLException {
        String fine = ready(FIRST);
        Collection other = world.collection(CollectionSamples.ofModel(FIRST, 32));
        collections.add(other.name());
        put(other.name(), "key", "{\"content\": \"everywhere\"}");
        put(fine, "key", "{\"content\": \"everywhere\"}");
        settle(fine);
        await().atMost(PATIENCE)
                .until(() ->
                        errors(other.name()).toString().contains("64 dimensions, but those of the collection have 32"));
        stats(other.name(), 1, 0);
        problem(searched(other.name(), "{\"query\": \"everywhere\"}"), 503, "embedding.misfit");
    }

    /** Two servers on ports that nobody listens on. */
    public static class TwoServers implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            for (String name : List.of(FIRST, SECOND)) {
                String prefix = "tandem.embedding.servers.\"" + name + "\".";
                settings.put(prefix + "url", "http://localhost:" + freePort() + "/v1");
                settings.put(prefix + "model", ScriptedEmbeddings.MODEL);
                settings.put(prefix + "key", ScriptedEmbeddings.KEY);
                settings.put(prefix + "batch-size", "8");
                settings.put(prefix + "concurrency", "2");
                settings.put(prefix + "query-timeout", "1s");
            }
            settings.put("tandem.embedding.servers.\"" + FIRST + "\".document-prefix", "passage: ");
            settings.put("tandem.embedding.servers.\"" + FIRST + "\".query-prefix", "query: ");
            settings.put(
                    "tandem.embedding.servers.\"" + SECOND + "\".dimensions", String.valueOf(FakeEmbedder.DIMENSIONS));
            return settings;
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void listen(ScriptedEmbeddings server, String name) {
        URI url = ConfigProvider.getConfig().getValue("tandem.embedding.servers.\"" + name + "\".url", URI.class);
        server.listen(url.getPort());
    }

    /** A collection whose server is there and has said how long its vectors are. */
    private String ready(String model, String... members) {
        listen(first, model);
        await().atMost(PATIENCE)
                .until(() -> json("{\"name\": \"" + Api.freeName() + "\", \"embedding\": {\"model\": \"" + model
                                        + "\", \"dimensions\": 1}}")
                                .post("/v1/collections")
                                .statusCode()
                        == 422);
        String name = collection(model, members);
        first.reset();
        return name;
    }

    private String collection(String model, String... members) {
        String all = "\"embedding\": {\"model\": \"" + model + "\"}";
        String name = Api.collection(members.length == 0 ? all : all + ", " + members[0]);
        collections.add(name);
        return name;
    }

    private static void put(String collection, String key, String body) {
        json(body).put(documents(collection) + "/" + key).then().statusCode(201);
    }

    private static Response searched(String collection, String body) {
        return json(body).post("/v1/collections/" + collection + "/search");
    }

    private static ValidatableResponse search(String collection, String body) {
        return searched(collection, body).then();
    }

    private static void settle(String collection) {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/collections/" + collection + "/stats")
                .then()
                .body("embedding.pending", equalTo(0))
                .body("index.lag", equalTo(0))
                .body("chunks", greaterThan(0)));
    }

    private static void stats(String collection, int pending, int parked) {
        given().get("/v1/collections/" + collection + "/stats")
                .then()
                .body("embedding.pending", equalTo(pending))
                .body("embedding.parked", equalTo(parked));
    }

    private static List<Object> errors(String collection) throws SQLException {
        return Database.column(
                "select embedding_task.error from embedding_task join collection on collection.id = collection_id"
                        + " where name = ? and embedding_task.error is not null",
                collection);
    }

    private static List<Object> chunks(String collection, String what) throws SQLException {
        return Database.column(
                "select " + what + " from chunk join document on document.id = document_id"
                        + " join collection on collection.id = document.collection_id where collection.name = ?"
                        + " order by document_id, ordinal",
                collection);
    }

    private static String words(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + " n" + i).collect(Collectors.joining(" "));
    }
}
