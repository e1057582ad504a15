package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that limit how many hits have the same value. The vector search finds documents in the order of their keys. */
@QuarkusTest
class GroupedSearchApiTest {

    private final List<String> collections = new ArrayList<>();

    @AfterEach
    void delete() {
        collections.forEach(collection -> given().delete(COLLECTIONS + "/" + collection));
    }

    @Test
    void aValueHasAsManyHitsAsItMay() {
        String name = filled("1", "1", "1.0", "\"1\"", "[1, 2]", "2", "2", null, null, "null", "null", "[]", "{}");
        JsonPath single = search(name, "\"groupBy\": {\"field\": \"v\"}").jsonPath();
        assertThat(keys(single)).containsExactly(0, 3, 5, 7, 8, 9, 11, 12);
        assertThat(single.getList("items.groups"))
                .isEqualTo(Arrays.asList(
                        List.of(1),
                        List.of("1"),
                        List.of(2),
                        List.of(),
                        List.of(),
                        Arrays.asList((Object) null),
                        List.of(),
                        List.of()));
        JsonPath pairs =
                search(name, "\"groupBy\": {\"field\": \"v\", \"size\": 2}").jsonPath();
        assertThat(keys(pairs)).containsExactly(0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(pairs.getList("warnings"))
                .isEqualTo(List.of("Only 11 of 100 hits: no other document matches and has room in its groups."));
        assertThat(keys(search(name, "\"groupBy\": {\"field\": \"v\"}, \"filter\": {\"v\": {\"$exists\": true}}")
                        .jsonPath()))
                .containsExactly(0, 3, 5, 9, 11, 12);
        assertThat(search(name, "\"limit\": 3").jsonPath().getList("items.groups"))
                .isEqualTo(Arrays.asList(null, null, null));
    }

    @Test
    void aListHasEachOfItsValues() {
        String name = filled("[1, 2]", "2", "[3, 4, 3]", "[4, 5]", "5", "[[1]]", "[[1]]");
        JsonPath single = search(name, "\"groupBy\": {\"field\": \"v\"}").jsonPath();
        assertThat(keys(single)).containsExactly(0, 2, 4, 5, 6);
        assertThat(single.getList("items.groups"))
                .isEqualTo(List.of(List.of(1, 2), List.of(3, 4), List.of(5), List.of(), List.of()));
    }

    @Test
    void aDeclaredDateIsAnInstant() {
        String name =
                made(Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"metadataSchema\": "
                        + "{\"properties\": {\"v\": {\"type\": \"string\", \"format\": \"date-time\"}}}"));
        put(name, List.of("\"2024-05-01T16:30:00+02:00\"", "\"2024-05-01T14:30:00Z\"", "\"2024-05-01T14:30:01Z\""));
        assertThat(keys(search(name, "\"groupBy\": {\"field\": \"v\"}").jsonPath()))
                .containsExactly(0, 2);
    }

    /** Every way of searching, with every part of a hit. */
    @ParameterizedTest
    @ValueSource(strings = {"\"mode\": \"vector\"", "\"mode\": \"keyword\"", "\"mode\": \"hybrid\""})
    void groupsAreTheSameInEveryMode(String mode) {
        String name = filled("1", "1", "2", "2", "3");
        JsonPath hits = searched(
                        name,
                        "{\"query\": \"tea\", \"vector\": [1, 0, 0], " + mode
                                + ", \"limit\": 3, \"groupBy\": {\"field\": \"v\"}, "
                                + "\"include\": [\"document\", \"chunk\", \"highlights\", \"vector\", \"metadata\"]}")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(hits.getList("items.groups").stream().map(Object::toString).sorted())
                .containsExactly("[1]", "[2]", "[3]");
        assertThat(hits.getList("items.vector")).doesNotContainNull();
        assertThat(hits.getList("warnings")).isEmpty();
    }

    /** The documents are read in full, and the choice is made here. */
    @Test
    void anySearchIsThatOfBruteForce() {
        Random random = new Random(20);
        String name = made(Api.collection());
        List<String> values =
                List.of("1", "1.0", "\"1\"", "\"a\"", "null", "true", "[1, \"a\"]", "[]", "[null, 2]", "2");
        Map<Integer, String> written = new HashMap<>();
        put(name, 600, i -> {
            String value = random.nextInt(8) == 0 ? null : values.get((int) Math.abs(random.nextGaussian() * 3) % 10);
            written.put(i, value);
            return value == null ? "{}" : "{\"v\": %s, \"half\": %d}".formatted(value, i % 2);
        });
        for (int size : new int[] {1, 2, 7}) {
            for (int limit : new int[] {1, 5, 40, 200}) {
                for (String filter : List.of("{}", "{\"half\": 1}")) {
                    List<Integer> expected = expected(written, size, limit, filter.equals("{}"));
                    JsonPath hits = search(
                                    name,
                                    "\"effort\": 1000, \"limit\": %d, \"filter\": %s, \"groupBy\": {\"field\": \"v\", \"size\": %d}"
                                            .formatted(limit, filter, size))
                            .jsonPath();
                    assertThat(keys(hits))
                            .as("%d of %d, %s", size, limit, filter)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static List<Integer> expected(Map<Integer, String> written, int size, int limit, boolean all) {
        List<Integer> expected = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < written.size() && expected.size() < limit; i++) {
            String value = written.get(i);
            if (!all && (value == null || i % 2 == 0)) {
                continue;
            }
            List<String> scalars = value == null
                    ? List.of()
                    : Arrays.stream(value.replaceAll("[\\[\\]]", "")
                                    .replace("1.0", "1")
                                    .split(", ", -1))
                            .filter(scalar -> !scalar.isEmpty())
                            .toList();
            if (scalars.stream().allMatch(scalar -> counts.getOrDefault(scalar, 0) < size)) {
                scalars.forEach(scalar -> counts.merge(scalar, 1, Integer::sum));
                expected.add(i);
            }
        }
        return expected;
    }

    /** Its best hits are all of one group, so it has to look far. */
    @Thorough
    @Test
    void aPageIsShortOnlyWhereTheSearchStops() {
        String name = made(Api.collection());
        put(name, 10_050, i -> "{\"v\": " + (i == 4_000 || i > 10_020 ? i : 0) + "}");
        JsonPath found = search(
                        name, "\"effort\": 1000, \"limit\": 2, \"include\": [], \"groupBy\": {\"field\": \"v\"}")
                .jsonPath();
        assertThat(keys(found)).containsExactly(0, 4_000);
        assertThat(found.getList("warnings")).isEmpty();
        JsonPath few = search(name, "\"effort\": 1000, \"limit\": 3, \"include\": [], \"groupBy\": {\"field\": \"v\"}")
                .jsonPath();
        assertThat(keys(few)).containsExactly(0, 4_000);
        assertThat(few.getList("warnings"))
                .isEqualTo(
                        List.of("Only 2 of 3 hits: the search has looked at 10,000 candidates, and goes no further."));
        // What is not similar enough is no candidate.
        JsonPath near = search(
                        name,
                        "\"limit\": 3, \"include\": [], \"minSimilarity\": 0.8942, \"groupBy\": {\"field\": \"v\"}")
                .jsonPath();
        assertThat(near.getList("warnings"))
                .isEqualTo(
                        List.of(
                                "Only 1 of 3 hits: no other document matches and is similar enough and has room in its groups."));
    }

    @Test
    void passagesAndBudgetAreForTheHitsThatAreLeft() {
        String name = made(Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL + "\"}"));
        for (String key : List.of("a", "b", "c")) {
            Api.put(
                    name,
                    key,
                    "{\"content\": \"tea leaves\", \"metadata\": {\"v\": %d}}".formatted(key.equals("c") ? 2 : 1));
        }
        searched(
                        name,
                        "{\"query\": \"tea\", \"mode\": \"keyword\", \"passages\": {}, \"budget\": {\"tokens\": 1000}, \"groupBy\": {\"field\": \"v\"}}")
                .then()
                .body("items.size()", equalTo(2))
                .body("items.passages.text", contains(List.of("tea leaves"), List.of("tea leaves")))
                .body("budget.cut.documents", equalTo(0));
    }

    @Test
    void whatIsWrongIsSaid() {
        String name = made(Api.collection());
        for (String field : List.of(
                "null",
                "\"\"",
                "\"a..b\"",
                "\"a\\\\\"",
                "\"$key\"",
                "\"metadata.v\"",
                "\"\\u0000\"",
                "\"" + "x".repeat(1_025) + "\"")) {
            problem(
                    search(name, "\"groupBy\": {\"field\": " + field + "}"),
                    422,
                    "/groupBy/field",
                    "search.group_by.field");
        }
        problem(search(name, "\"groupBy\": {}"), 422, "/groupBy/field", "search.group_by.field");
        for (String size : List.of("0", "-1", "101", "2147483647")) {
            problem(
                    search(name, "\"groupBy\": {\"field\": \"v\", \"size\": " + size + "}"),
                    422,
                    "/groupBy/size",
                    "search.group_by.size");
        }
        for (String groupBy :
                List.of("\"v\"", "[]", "{\"field\": 1}", "{\"fields\": \"v\"}", "{\"field\": \"v\", \"size\": 1.5}")) {
            search(name, "\"groupBy\": " + groupBy).then().statusCode(400);
        }
        json("{\"searches\": [{\"vector\": [1, 0, 0], \"groupBy\": {\"field\": \"v\"}}, {\"vector\": [1, 0, 0], \"groupBy\": {}}]}")
                .post(COLLECTIONS + "/" + name + "/search:batch")
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 422));
    }

    private String made(String name) {
        collections.add(name);
        return name;
    }

    /** A collection with documents that have these values, each less near than the one before. */
    private String filled(@Nullable String... values) {
        String name = made(Api.collection());
        put(name, Arrays.asList(values));
        return name;
    }

    private static void put(String name, List<@Nullable String> values) {
        put(name, values.size(), i -> values.get(i) == null ? "{}" : "{\"v\": " + values.get(i) + "}");
    }

    private static void put(String name, int count, IntFunction<String> metadata) {
        String lines = IntStream.range(0, count)
                .mapToObj(i -> "{\"key\": \"%d\", \"title\": \"Tea\", \"vector\": [1, %s, 0], \"metadata\": %s}"
                        .formatted(i, 0.5 + i / 1000.0, metadata.apply(i)))
                .collect(Collectors.joining("\n"));
        given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(name) + ":import")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> given().get(COLLECTIONS + "/" + name + "/stats")
                .then()
                .body("documents", equalTo(count))
                .body("index.lag", equalTo(0)));
    }

    private static Response search(String name, String members) {
        String limit = members.contains("\"limit\"") ? "" : ", \"limit\": 100";
        return searched(name, "{\"vector\": [1, 0, 0]" + limit + ", " + members + "}");
    }

    private static Response searched(String name, String body) {
        return json(body).post(COLLECTIONS + "/" + name + "/search");
    }

    private static List<Integer> keys(JsonPath answer) {
        return answer.getList("items.key", String.class).stream()
                .map(Integer::valueOf)
                .toList();
    }
}
