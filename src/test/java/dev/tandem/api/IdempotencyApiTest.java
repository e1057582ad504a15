package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tandem.testing.CallerThreads;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A POST that is sent again, or several times at once. */
@QuarkusTest
class IdempotencyApiTest {

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final int AT_ONCE = 50;

    /** Without a key of its own: each time it is done makes one document more. */
    private static final String DOCUMENT = "{\"title\": \"Tea\", \"vector\": [1, 2, 3]}";

    private final String key = UUID.randomUUID().toString();
    private String collection = "";
    private String documents = "";

    @BeforeEach
    void addCollection() {
        collection = Api.collection();
        documents = documents(collection);
    }

    @Test
    void oneKeyManyTimesAtOnceIsOneEffectAndOneAnswer() throws Exception {
        List<Response> answers = atOnce(DOCUMENT, documents);
        assertThat(answers).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> {
            problem(answer, 409, "idempotency.in_flight");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 201)
                .filteredOn(answer -> answer.header(REPLAYED) == null)
                .hasSize(1);
        given().get(documents).then().body("items", hasSize(1));

        List<Response> again = atOnce(DOCUMENT, documents);
        assertThat(again).extracting(Response::statusCode).containsOnly(201);
        answers.stream().filter(answer -> answer.statusCode() == 201).forEach(again::add);
        assertThat(again)
                .extracting(Response::asString)
                .containsOnly(again.getFirst().asString());
        given().get(documents).then().body("items", hasSize(1));
    }

    @Test
    void whatIsSentAgainIsAnsweredAsBefore() {
        Response first = post(DOCUMENT, documents);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.header(REPLAYED)).isNull();
        String location = first.header("Location");
        given().delete(location).then().statusCode(204);

        Response second = post(DOCUMENT, documents);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.asString()).isEqualTo(first.asString());
        for (String header : List.of("Content-Type", "ETag", "Location", "Tandem-Sequence")) {
            assertThat(second.header(header)).as(header).isNotNull().isEqualTo(first.header(header));
        }
        assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        given().get(location).then().statusCode(404);
    }

    @Test
    void aCollectionIsMadeOnce() {
        String body = "{\"name\": \"" + Api.freeName() + "\"}";
        Response first = post(body, COLLECTIONS);
        Response second = post(body, COLLECTIONS);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        problem(json(body).post(COLLECTIONS), 409, "collection.name.taken");
    }

    /** A repeated request that waits for searches waits only once. */
    @Test
    void aWaitIsNotRepeated() {
        Response first =
                json(DOCUMENT).header(KEY, key).header("Prefer", "wait=60").post(documents);
        assertThat(first.header("Preference-Applied")).isEqualTo("wait=60");
        Response second =
                json(DOCUMENT).header(KEY, key).header("Prefer", "wait=60").post(documents);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.header("Preference-Applied")).isNull();
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRejected() {
        post(DOCUMENT, documents).then().statusCode(201);
        problem(post("{\"title\": \"Coffee\"}", documents), 422, "", "idempotency.mismatch");
        problem(post(DOCUMENT + " ", documents), 422, "", "idempotency.mismatch");
        problem(
                json(DOCUMENT)
                        .contentType("application/json; charset=utf-8")
                        .header(KEY, key)
                        .post(documents),
                422,
                "",
                "idempotency.mismatch");
        given().get(documents).then().body("items", hasSize(1));
    }

    /** The route takes no body, so nothing has read it. */
    @Test
    void anotherBodyIsAnotherRequestEvenWhereNoneIsTaken() {
        String retry = "/v1/parked:retry";
        post("{}", retry).then().statusCode(200);
        assertThat(post("{}", retry).header(REPLAYED)).isEqualTo("true");
        problem(post("{\"n\": 1}", retry), 422, "", "idempotency.mismatch");
        problem(post("[]", retry), 422, "", "idempotency.mismatch");
        problem(given().urlEncodingEnabled(false).header(KEY, key).post(retry), 422, "", "idempotency.mismatch");
    }

    @Test
    void anotherAddressIsAnotherRequest() {
        String other = documents(Api.collection());
        post(DOCUMENT, documents).then().statusCode(201);
        Response elsewhere = post(DOCUMENT, other);
        assertThat(elsewhere.statusCode()).isEqualTo(201);
        assertThat(elsewhere.header(REPLAYED)).isNull();
        given().get(other).then().body("items", hasSize(1));
    }

    @Test
    void aRefusalIsNotKept() {
        String named = "{\"key\": \"tea\", \"vector\": [1, 2, 3]}";
        json(named).post(documents).then().statusCode(201);
        problem(post(named, documents), 409, "document.key.taken");
        problem(post("{\"key\": \"tea\"", documents), 400, "json.malformed");
        problem(post("{\"key\": \"tea\"}", documents), 422, "", "document.empty");
        given().delete(documents + "/tea").then().statusCode(204);
        Response now = post(named, documents);
        assertThat(now.statusCode()).isEqualTo(201);
        assertThat(now.header(REPLAYED)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "umläut", "tab\tbed"})
    void aKeyIsVisibleAscii(String malformed) {
        problem(json(DOCUMENT).header(KEY, malformed).post(documents), 400, "idempotency.malformed");
    }

    @Test
    void aKeyIsNeitherTooLongNorTwo() {
        json(DOCUMENT).header(KEY, key.repeat(7) + "123").post(documents).then().statusCode(201);
        problem(json(DOCUMENT).header(KEY, key.repeat(7) + "1234").post(documents), 400, "idempotency.malformed");
        problem(json(DOCUMENT).header(KEY, "a").header(KEY, "b").post(documents), 400, "idempotency.malformed");
    }

    /** It can be repeated as it is, and a thousand searches leave nothing behind. */
    @Test
    void whatOnlyReadsIsDoneAgain() {
        Api.put(collection, "tea", "{\"title\": \"Tea\", \"vector\": [1, 2, 3]}");
        String search = COLLECTIONS + "/" + collection + "/search";
        String question = "{\"query\": \"tea\"}";
        String keys = "{\"keys\": [\"tea\", \"more\"]}";
        post(question, search).then().body("items", hasSize(1));
        post("{}", documents + ":query").then().body("items", hasSize(1));
        post(keys, documents + ":get").then().body("items", hasSize(1));
        post("{\"keys\": [\"tea\"], \"dryRun\": true}", documents + ":delete")
                .then()
                .body("matched", equalTo(1));
        Api.put(collection, "more", "{\"title\": \"More tea\", \"vector\": [1, 2, 3]}");

        for (Response again :
                List.of(post(question, search), post("{}", documents + ":query"), post(keys, documents + ":get"))) {
            again.then().statusCode(200).body("items", hasSize(2));
            assertThat(again.header(REPLAYED)).isNull();
        }
        problem(json(question).header(KEY, "two words").post(search), 400, "idempotency.malformed");
    }

    /** The answer is stored with the write, or a repetition would write again. */
    @Test
    void aLargeAnswerIsKeptOfWhatHasBeenWritten() {
        String large = "{\"content\": \"%s\", \"vector\": [1, 2, 3]}".formatted("ü".repeat(700_000));
        Response first = post(large, documents);
        Response second = post(large, documents);
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void aPostWithoutABodyIsDoneOnce() {
        Response first = given().urlEncodingEnabled(false).header(KEY, key).post("/v1/parked:retry");
        assertThat(first.statusCode()).isEqualTo(200);
        Response second = given().urlEncodingEnabled(false).header(KEY, key).post("/v1/parked:retry");
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void otherMethodsIgnoreTheKey() {
        String document = documents + "/tea";
        json(DOCUMENT).header(KEY, key).put(document).then().statusCode(201);
        json(DOCUMENT).header(KEY, "two words").put(document).then().statusCode(200);
        Response read = given().header(KEY, key).get(document);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.header(REPLAYED)).isNull();
        given().header(KEY, key).delete(document).then().statusCode(204);
        given().header(KEY, key).delete(document).then().statusCode(404);
    }

    private Response post(String body, String address) {
        return json(body).header(KEY, key).post(address);
    }

    private List<Response> atOnce(String body, String address) throws Exception {
        try (ExecutorService threads = CallerThreads.open()) {
            List<Future<Response>> calls = new ArrayList<>();
            for (int call = 0; call < AT_ONCE; call++) {
                calls.add(threads.submit(() -> post(body, address)));
            }
            List<Response> answers = new ArrayList<>();
            for (Future<Response> call : calls) {
                answers.add(call.get());
            }
            return answers;
        }
    }
}
