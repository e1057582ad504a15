package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.testing.CallerThreads;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients change one thing at the same time. */
@QuarkusTest
class ConcurrencyApiTest {

    private static final int CALLERS = 50;

    @Test
    void oneOfManyWinsEachVersion() throws Exception {
        String document = documents(Api.collection()) + "/contested";
        json("{\"title\": \"0\"}").put(document).then().statusCode(201);
        ConcurrentHashMap<String, AtomicInteger> wins = new ConcurrentHashMap<>();
        for (int round = 1; round <= 4; round++) {
            String version = "\"" + round + "\"";
            List<Integer> statuses = together(CALLERS, caller -> () -> {
                Response answer = json("{\"title\": \"" + version.charAt(1) + " by " + caller + "\"}")
                        .header("If-Match", version)
                        .put(document);
                if (answer.statusCode() == 200) {
                    wins.computeIfAbsent(answer.header("ETag"), tag -> new AtomicInteger())
                            .incrementAndGet();
                }
                return answer.statusCode();
            });
            assertThat(statuses).containsOnly(200, 412);
        }
        assertThat(wins.keySet()).containsExactlyInAnyOrder("\"2\"", "\"3\"", "\"4\"", "\"5\"");
        assertThat(wins.values()).allMatch(count -> count.get() == 1);
        given().get(document).then().header("ETag", "\"5\"");
    }

    @Test
    void oneOfManyCreates() throws Exception {
        String documents = documents(Api.collection());
        assertThat(together(
                        CALLERS,
                        caller -> () -> json("{\"key\": \"one\", \"title\": \"" + caller + "\"}")
                                .post(documents)
                                .statusCode()))
                .containsOnly(201, 409)
                .containsOnlyOnce(201);
        List<Integer> puts = together(
                CALLERS,
                caller -> () -> json("{\"title\": \"" + caller + "\"}")
                        .put(documents + "/two")
                        .statusCode());
        assertThat(puts).containsOnly(200, 201).containsOnlyOnce(201);
        // Every put is a version, except for those that repeat the present state.
        given().get(documents + "/two").then().body("version", org.hamcrest.Matchers.lessThanOrEqualTo(CALLERS));
        String name = Api.freeName();
        assertThat(together(
                        CALLERS,
                        caller -> () -> json("{\"name\": \"" + name + "\"}")
                                .post(COLLECTIONS)
                                .statusCode()))
                .containsOnly(201, 409)
                .containsOnlyOnce(201);
    }

    /** A schema makes the check run on other threads, so more can happen in between. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"maxProperties\": 100}"})
    void everyPatchTakesEffect(String schema) throws Exception {
        String document = documents(Api.collection(
                        "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"metadataSchema\": " + schema))
                + "/contested";
        json("{\"title\": \"0\"}").put(document).then().statusCode(201);
        assertThat(together(
                        CALLERS,
                        caller -> () -> json("{\"metadata\": {\"m" + caller + "\": " + caller + "}}")
                                .patch(document)
                                .statusCode()))
                .containsOnly(200);
        Response answer = given().get(document);
        answer.then().header("ETag", "\"" + (CALLERS + 1) + "\"");
        assertThat(answer.<Map<String, Integer>>path("metadata"))
                .containsExactlyInAnyOrderEntriesOf(
                        IntStream.range(0, CALLERS).boxed().collect(toMap(caller -> "m" + caller, caller -> caller)));
    }

    @Thorough
    @Test
    void aCollectionMayGoWhileItIsWritten() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = Api.collection();
            List<Integer> statuses = together(40, caller -> () -> switch (caller % 5) {
                case 0 -> json("{\"vector\": [1, 2, 3]}").post(documents(name)).statusCode();
                case 1 ->
                    json("{\"title\": \"a\"}")
                            .put(documents(name) + "/k" + caller % 3)
                            .statusCode();
                case 2 ->
                    json("{\"title\": \"b\"}")
                            .patch(documents(name) + "/k" + caller % 3)
                            .statusCode();
                case 3 -> given().delete(documents(name) + "/k" + caller % 3).statusCode();
                default ->
                    caller == 24
                            ? given().delete(COLLECTIONS + "/" + name).statusCode()
                            : json("{\"vector\": [1, 2, 3]}")
                                    .post(COLLECTIONS + "/" + name + "/search")
                                    .statusCode();
            });
            assertThat(statuses).isSubsetOf(200, 201, 204, 404, 409);
            given().get(COLLECTIONS + "/" + name).then().statusCode(404).body("code", equalTo("collection.not_found"));
        }
    }

    private static List<Integer> together(int callers, IntFunction<Callable<Integer>> call) throws Exception {
        try (ExecutorService threads = CallerThreads.open()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                calls.add(threads.submit(call.apply(caller)));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : calls) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }
}
