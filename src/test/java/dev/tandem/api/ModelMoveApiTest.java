package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.service.maintenance.VectorSweep;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Moves of collections from one embedding model to another. */
@QuarkusTest
class ModelMoveApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String FAKE = "\"embedding\": {\"model\": \"fake\"}";
    private static final String SECOND = FakeEmbedder.SECOND_MODEL;
    /** Its vectors have other dimensions than those of the fakes. */
    private static final String OTHER_DIMENSIONS = "all-minilm-l6-v2";

    /** A machine that does much else answers late. */
    private static final RestAssuredConfig PATIENT = RestAssuredConfig.config()
            .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", (int) PATIENCE.toMillis()));

    @Inject
    FakeEmbedder first;

    @Inject
    @FakeEmbedder.Second
    FakeEmbedder second;

    @Inject
    VectorSweep sweep;

    @AfterEach
    void reset() {
        first.reset();
        second.reset();
    }

    @Thorough
    @Test
    void searchesFindEverythingAtEachMomentOfAMove() throws Exception {
        String collection = filled(FAKE, 40);
        try (Searchers searchers = new Searchers(collection, 40)) {
            succeeded(move(collection, OTHER_DIMENSIONS));
            given().get(at(collection))
                    .then()
                    .body("embedding.model", equalTo(OTHER_DIMENSIONS))
                    .body("embedding.dimensions", equalTo(384))
                    .body("formerEmbedding.model", equalTo("fake"))
                    .body("formerEmbedding.dimensions", equalTo(FakeEmbedder.DIMENSIONS))
                    .body("formerEmbeddingUntil", notNullValue());
            searchers.goOn();
            succeeded(move(collection, "fake"));
            given().get(at(collection)).then().body("embedding.model", equalTo("fake"));
            searchers.goOn();
            succeeded(move(collection, OTHER_DIMENSIONS));
            searchers.goOn();
        }
    }

    @Thorough
    @Test
    void theSameInAnEngineBesideTheService() throws Exception {
        String collection = filled(FAKE + ", \"engine\": \"memory\"", 40);
        try (Searchers searchers = new Searchers(collection, 40)) {
            succeeded(move(collection, OTHER_DIMENSIONS));
            searchers.goOn();
            succeeded(move(collection, "fake"));
            searchers.goOn();
        }
    }

    @Thorough
    @Test
    void bothSetsFollowWhatIsWrittenMeanwhile() throws Exception {
        String collection = filled(FAKE, 30);
        second.hold();
        String job = move(collection, SECOND);
        given().get(at(collection))
                .then()
                .body("embedding.model", equalTo("fake"))
                .body("nextEmbedding.model", equalTo(SECOND))
                .body("formerEmbedding", nullValue());
        change(collection, "during");
        search(collection, "during", "vector").body("items[0].key", equalTo("k1"));
        given().get("/v1/jobs/" + job).then().body("state", not(equalTo("succeeded")));
        second.release();
        succeeded(job);
        bothSetsAreAlike(collection);
        change(collection, "afterwards");
        search(collection, "afterwards", "vector").body("items[0].key", equalTo("k1"));
        bothSetsAreAlike(collection);
        succeeded(move(collection, "fake"));
        search(collection, "afterwards", "vector").body("items[0].key", equalTo("k1"));
        change(collection, "returned");
        search(collection, "returned", "vector").body("items[0].key", equalTo("k1"));
        bothSetsAreAlike(collection);
    }

    /** Changes, adds and deletes documents, and waits until searches show it. */
    private static void change(String collection, String word) {
        write(collection, "k1", "{\"content\": \"text %s\"}".formatted(word));
        write(collection, "new-" + word, "{\"content\": \"another\"}");
        write(collection, "k2", "{\"metadata\": {\"only\": \"%s\"}, \"content\": \"text 2\"}".formatted(word));
        given().delete(documents(collection) + "/k" + (3 + word.length()))
                .then()
                .statusCode(204);
        write(collection, "k0", "{\"content\": \"bare %s\"}".formatted(word));
    }

    @Test
    void aModelThatIsAwayHoldsUpNothingButTheMove() {
        String collection = filled(FAKE, 5);
        second.down(true);
        String job = move(collection, SECOND);
        // Neither searches nor writes that wait for vectors need the next model.
        write(collection, "k1", "{\"content\": \"away\"}");
        search(collection, "away", "vector").body("items[0].key", equalTo("k1"));
        given().get(at(collection) + "/stats").then().body("embedding.pending", equalTo(0));
        assertThat(move(collection, SECOND)).isEqualTo(job);
        second.down(false);
        succeeded(job);
        first.down(true);
        // The former model is not needed any more either.
        write(collection, "k2", "{\"content\": \"gone\"}");
        search(collection, "gone", "vector").body("items[0].key", equalTo("k2"));
    }

    @Test
    void aMoveThatIsUnderWayIsTakenBackAtOnce() throws Exception {
        String collection = filled(FAKE, 5);
        second.hold();
        String job = move(collection, SECOND);
        problem(
                json("{\"model\": \"%s\"}".formatted(OTHER_DIMENSIONS)).post(at(collection) + ":reembed"),
                409,
                "collection.moving");
        problem(json("{\"engine\": \"memory\"}").post(at(collection) + ":rebuild"), 409, "collection.moving");
        succeeded(move(collection, "fake"));
        second.release();
        succeeded(job);
        given().get(at(collection))
                .then()
                .body("embedding.model", equalTo("fake"))
                .body("nextEmbedding", nullValue())
                .body("formerEmbedding", nullValue());
        search(collection, "text 3", "vector").body("items", hasSize(5));
        sweep.sweep().await().atMost(PATIENCE);
        assertThat(sets(collection)).containsExactly(0);
        // The next move begins anew.
        succeeded(move(collection, OTHER_DIMENSIONS));
        search(collection, "text 3", "vector").body("items", hasSize(5)).body("items[0].key", equalTo("k3"));
    }

    @Test
    void theFormerVectorsGoWhenTheirTimeIsOver() throws Exception {
        String collection = filled(FAKE, 5);
        succeeded(move(collection, SECOND));
        assertThat(sets(collection)).containsExactly(0, 1);
        sweep.sweep().await().atMost(PATIENCE);
        assertThat(sets(collection)).containsExactly(0, 1);
        Database.execute(
                "update collection set settings = jsonb_set(settings, '{besideUntil}', to_jsonb(cast('2026-01-01T00:00:00Z' as text)))"
                        + " where name = ?",
                collection);
        sweep.sweep().await().atMost(PATIENCE);
        assertThat(sets(collection)).containsExactly(1);
        given().get(at(collection)).then().body("formerEmbedding", nullValue());
        write(collection, "k1", "{\"content\": \"later\"}");
        search(collection, "later", "vector").body("items[0].key", equalTo("k1"));
        assertThat(sets(collection)).containsExactly(1);
        // Back to the first model is a move like any other, and its set a new one.
        succeeded(move(collection, "fake"));
        assertThat(sets(collection)).containsExactly(1, 2);
        bothSetsAreAlike(collection);
    }

    @Test
    void whatTheNextModelCanNotEmbedIsAnErrorOfTheJob() {
        String collection = filled(FAKE, 3);
        first.cure();
        write(collection, "bad", "{\"content\": \"poison\"}");
        String job = move(collection, SECOND);
        succeeded(job);
        given().get("/v1/jobs/" + job).then().body("progress.done", equalTo(3)).body("progress.failed", equalTo(1));
        assertThat(given().get("/v1/jobs/" + job + "/errors").asString()).contains("\"bad\"", "document.not_embedded");
        given().get(at(collection) + "/parked").then().body("items.key", contains("bad"));
        search(collection, "text 1", "vector").body("items[0].key", equalTo("k1"));
        // Other tests expect that nothing else is parked.
        given().delete(at(collection)).then().statusCode(204);
    }

    @Test
    void anOwnVectorBelongsToTheSetThatWasSearched() throws Exception {
        String collection = filled(FAKE, 3);
        StringBuilder vector = new StringBuilder("1");
        vector.append(", 0".repeat(FakeEmbedder.DIMENSIONS - 1));
        write(collection, "own", "{\"content\": \"mine\", \"vector\": [%s]}".formatted(vector));
        succeeded(move(collection, OTHER_DIMENSIONS));
        given().get(documents(collection) + "/own?include=document,vector")
                .then()
                .body("vector", nullValue())
                .body("chunks", hasSize(1));
        succeeded(move(collection, "fake"));
        given().get(documents(collection) + "/own?include=document,vector")
                .then()
                .body("vector", notNullValue());
    }

    @Test
    void namesWhatItCanNotDo() {
        String collection = filled(FAKE, 1);
        problem(
                json("{\"model\": \"nothing\"}").post(at(collection) + ":reembed"),
                422,
                "/model",
                "collection.embedding.model");
        problem(
                json("{\"model\": \"none\"}").post(at(collection) + ":reembed"),
                422,
                "/model",
                "collection.embedding.model");
        problem(json("{\"metric\": \"near\"}").post(at(collection) + ":reembed"), 422, "/metric", "choice.unknown");
        problem(json("{\"modle\": \"fake\"}").post(at(collection) + ":reembed"), 400, "json.unknown_field");
        problem(
                json("{\"model\": \"fake\"}").post(at(Api.collection()) + ":reembed"),
                422,
                "",
                "collection.embedding.none");
        problem(json("{\"embedding\": {\"model\": \"second-fake\"}}").patch(at(collection)), 422, "request.rejected")
                .body("errors.message", hasItem(containsString(":reembed")));
        json("{\"model\": \"fake\"}")
                .post(at(collection) + ":reembed")
                .then()
                .statusCode(202)
                .body("kind", equalTo("reembed"));
        json("{\"model\": \"second-fake\"}")
                .post(at(collection) + ":reembed")
                .then()
                .statusCode(202)
                .body("kind", equalTo("move_model"));
    }

    @Test
    void theMetricCanMoveToo() {
        String collection = filled(FAKE, 5);
        String job = started(json("{\"metric\": \"dot\"}").post(at(collection) + ":reembed"));
        succeeded(job);
        given().get(at(collection))
                .then()
                .body("embedding.model", equalTo("fake"))
                .body("embedding.metric", equalTo("dot"))
                .body("formerEmbedding.metric", equalTo("cosine"));
        search(collection, "text 3", "vector").body("items[0].key", equalTo("k3"));
    }

    @Test
    void aCollectionIsDeletedInTheMiddle() {
        String collection = filled(FAKE, 5);
        second.hold();
        String job = move(collection, SECOND);
        given().delete(at(collection)).then().statusCode(204);
        second.release();
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/v1/jobs/" + job).then().body("state", equalTo("failed")));
    }

    /** Both fakes make the same vectors, so the sets are equal if both have been made of the texts. */
    private static void bothSetsAreAlike(String collection) throws SQLException {
        await().atMost(PATIENCE)
                .until(() -> Database.number(
                                "select count(*) from embedding_task join collection on collection.id = collection_id where name = ?",
                                collection)
                        == 0);
        assertThat(Database.number("""
                        select count(*) from document join collection on collection.id = document.collection_id
                        where name = ? and (select count(*) from chunk where document_id = document.id) <> 2
                        """, collection))
                .as("documents without two chunks")
                .isZero();
        assertThat(Database.number("""
                        select count(*) from document join collection on collection.id = document.collection_id
                        where name = ? and (select count(distinct embedding) from chunk where document_id = document.id) <> 1
                        """, collection))
                .as("documents with different vectors")
                .isZero();
    }

    private static List<Object> sets(String collection) throws SQLException {
        return Database.column("""
                select distinct vector_set from chunk join document on document.id = document_id
                join collection on collection.id = collection_id where name = ? order by vector_set
                """, collection);
    }

    private static String filled(String members, int count) {
        String collection = Api.collection(members);
        for (int i = 1; i < count; i++) {
            json("{\"content\": \"text %d\"}".formatted(i))
                    .put(documents(collection) + "/k" + i)
                    .then()
                    .statusCode(201);
        }
        write(collection, "k0", "{\"content\": \"text 0\", \"metadata\": {}}");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> given().get(at(collection) + "/stats").then().body("embedding.pending", equalTo(0)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> search(collection, "text", "vector").body("items", hasSize(count)));
        return collection;
    }

    /** Writes a document, and waits until searches show it. */
    private static void write(String collection, String key, String body) {
        Response written = json(body).put(documents(collection) + "/" + key);
        assertThat(written.statusCode()).isIn(200, 201);
        await().atMost(PATIENCE)
                .until(() -> json("{\"query\": \"text\", \"mode\": \"vector\"}")
                                .header("Tandem-Sequence", written.header("Tandem-Sequence"))
                                .post(at(collection) + "/search")
                                .statusCode()
                        == 200);
    }

    private static String at(String collection) {
        return Api.COLLECTIONS + "/" + collection;
    }

    private static ValidatableResponse search(String collection, String query, String mode) {
        return json("{\"query\": \"%s\", \"mode\": \"%s\", \"limit\": 100}".formatted(query, mode))
                .post(at(collection) + "/search")
                .then()
                .statusCode(200);
    }

    private static String move(String collection, String model) {
        return started(json("{\"model\": \"%s\"}".formatted(model)).post(at(collection) + ":reembed"));
    }

    private static String started(Response response) {
        return response.then().statusCode(202).extract().path("id");
    }

    private static void succeeded(String job) {
        await().atMost(PATIENCE).until(() -> given().get("/v1/jobs/" + job).path("endedAt") != null);
        given().get("/v1/jobs/" + job).then().body("state", equalTo("succeeded"));
    }

    /** Clients that search all the time. Each search has to find all documents, by the vectors of one model. */
    private static final class Searchers implements AutoCloseable {

        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicInteger searches = new AtomicInteger();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new ArrayList<>();

        Searchers(String collection, int count) {
            for (String mode : List.of("vector", "hybrid")) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (!isOver.get()) {
                        search(collection, mode, count);
                    }
                }));
            }
        }

        private void search(String collection, String mode, int count) {
            Response response = json("{\"query\": \"text 7\", \"mode\": \"%s\", \"limit\": 100}".formatted(mode))
                    .config(PATIENT)
                    .post(at(collection) + "/search");
            List<Object> ranks = response.statusCode() == 200 ? response.path("items.vectorRank") : List.of();
            if (ranks.size() != count || ranks.contains(null) || !"k7".equals(response.path("items[0].key"))) {
                failures.add(response.statusCode() + " " + ranks.size() + " " + response.asString());
            }
            searches.incrementAndGet();
        }

        /** Waits for some more searches. */
        void goOn() {
            int before = searches.get();
            await().atMost(PATIENCE).until(() -> searches.get() > before + 20);
            assertThat(failures).isEmpty();
        }

        @Override
        public void close() throws InterruptedException {
            isOver.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
    }
}
