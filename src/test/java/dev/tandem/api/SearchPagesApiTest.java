package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search in pages shows the hits of one moment, each once, in the order of the whole. */
@QuarkusTest
class SearchPagesApiTest {

    private static final int MANY = 10_000;
    private static final int DEPTH = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEA = "\"query\": \"tea\", \"mode\": \"keyword\"";

    private final Random random = new Random(11);
    private final Map<String, double[]> vectors = new HashMap<>();
    private String collection = "";

    @BeforeEach
    void make() {
        collection = Api.collection();
    }

    @AfterEach
    void drop() {
        given().delete(COLLECTIONS + "/" + collection).then().statusCode(204);
    }

    private static boolean hasLeaf(int n) {
        return n % 31 == 0;
    }

    private static boolean hasTea(int n) {
        return n % 2 == 0;
    }

    private static int year(int n) {
        return 2000 + n % 7;
    }

    /** Keys are the numbers. Lengths differ, so that scores do. */
    private String line(int n) {
        String content = (hasTea(n) ? "tea " : "coffee ") + (hasLeaf(n) ? "leaf " : "") + "x ".repeat(n % 13);
        double[] vector = {random.nextDouble() + 0.01, random.nextDouble() - 0.5, random.nextDouble() - 0.5};
        vectors.put(String.valueOf(n), vector);
        return "{\"key\": \"%d\", \"content\": \"%s\", \"metadata\": {\"year\": %d}, \"vector\": %s}\n"
                .formatted(n, content, year(n), Arrays.toString(vector));
    }

    /** Adds documents; searches show them. */
    private void fill(int from, int to) {
        String lines = IntStream.range(from, to).mapToObj(this::line).collect(Collectors.joining());
        Response imported = given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import");
        JsonNode summary = read(imported).path("summary");
        assertThat(summary.path("created").asInt()).isEqualTo(to - from);
        // So many may take longer than a search waits.
        await().atMost(PATIENCE)
                .until(() -> json("{" + TEA + ", \"include\": []}")
                                .header(
                                        "Tandem-Sequence",
                                        summary.path("sequence").asText())
                                .post(path())
                                .statusCode()
                        == 200);
    }

    private String path() {
        return COLLECTIONS + "/" + collection + "/search";
    }

    private static JsonNode read(Response response) {
        try {
            return JSON.readTree(response.asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.asString(), e);
        }
    }

    private Response ask(String search, String more) {
        return json("{" + search + more + "}").post(path());
    }

    private JsonNode page(String search, int limit, @Nullable String cursor) {
        String from = cursor == null ? "" : ", \"cursor\": \"" + cursor + "\"";
        Response answer = ask(search, ", \"include\": [], \"pages\": true, \"limit\": " + limit + from);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return read(answer);
    }

    private static @Nullable String next(JsonNode page) {
        JsonNode cursor = page.path("nextCursor");
        return cursor.isMissingNode() ? null : cursor.asText();
    }

    /** The hits of all pages; each page but the last is full. */
    private List<JsonNode> hits(String search, IntUnaryOperator limits) {
        return hits(search, null, limits);
    }

    private List<JsonNode> hits(String search, @Nullable String from, IntUnaryOperator limits) {
        List<JsonNode> hits = new ArrayList<>();
        String cursor = from;
        int pages = 0;
        do {
            int limit = limits.applyAsInt(pages++);
            JsonNode page = page(search, limit, cursor);
            page.path("items").forEach(hits::add);
            cursor = next(page);
            if (cursor != null) {
                assertThat(page.path("items")).hasSize(limit);
            }
        } while (cursor != null);
        return hits;
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.path("items").forEach(items::add);
        return items;
    }

    /** As many as pages show, by brute force. */
    private Set<String> nearest(double... target) {
        return vectors.entrySet().stream()
                .sorted(comparingDouble((Map.Entry<String, double[]> entry) -> cosine(entry.getValue(), target))
                        .reversed())
                .limit(DEPTH)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static double cosine(double[] one, double[] other) {
        return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
    }

    private static double dot(double[] one, double[] other) {
        return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
    }

    private static List<String> keys(Iterable<JsonNode> hits) {
        List<String> keys = new ArrayList<>();
        hits.forEach(hit -> keys.add(hit.path("key").asText()));
        return keys;
    }

    private long kept() throws SQLException {
        return Database.number(
                "select count(*) from hit_list join collection on collection.id = collection_id where name = ?",
                collection);
    }

    private static Set<String> numbers(IntPredicate condition) {
        return IntStream.range(0, MANY)
                .filter(condition)
                .mapToObj(String::valueOf)
                .collect(Collectors.toSet());
    }

    @Thorough
    @Test
    void pagesAreTheWholeInPieces() {
        fill(0, MANY);
        for (String search : List.of(
                TEA,
                "\"query\": \"leaf\", \"mode\": \"keyword\"",
                "\"query\": \"leaf\", \"mode\": \"keyword\", \"filter\": {\"year\": {\"$lt\": 2003}}",
                "\"vector\": [1, 0.1, 0.2]",
                "\"vector\": [1, 0.1, 0.2], \"minSimilarity\": 0.99",
                "\"query\": \"leaf\", \"vector\": [1, 0.1, 0.2], \"mode\": \"hybrid\", \"explain\": true")) {
            JsonNode first = page(search, 37, null);
            JsonNode others = page(search, DEPTH, next(first));
            assertThat(next(others)).isNull();
            List<JsonNode> pieces = hits(search, next(first), page -> random.nextInt(20, 150));
            assertThat(pieces).as(search).isEqualTo(items(others));
            List<JsonNode> whole =
                    Stream.concat(items(first).stream(), pieces.stream()).toList();
            assertThat(new HashSet<>(keys(whole))).hasSameSizeAs(whole);
            assertThat(whole)
                    .isSortedAccordingTo(
                            comparingDouble((JsonNode hit) -> hit.path("score").asDouble())
                                    .reversed());
            assertThat(others.path("warnings").toString().contains("pages of a search end"))
                    .as(search)
                    .isEqualTo(whole.size() == DEPTH);
        }
        assertThat(keys(hits("\"vector\": [1, 0.1, 0.2]", page -> 300)))
                .filteredOn(nearest(1, 0.1, 0.2)::contains)
                .hasSizeGreaterThan(DEPTH * 98 / 100);
        assertThat(keys(hits("\"query\": \"leaf\", \"mode\": \"keyword\"", page -> 50)))
                .containsExactlyInAnyOrderElementsOf(numbers(SearchPagesApiTest::hasLeaf));
        assertThat(keys(hits(TEA, page -> 400))).hasSize(DEPTH).isSubsetOf(numbers(SearchPagesApiTest::hasTea));
        totalsAgreeWithBruteForce();
    }

    private void totalsAgreeWithBruteForce() {
        Set<String> tea = numbers(SearchPagesApiTest::hasTea);
        Set<String> teaOfAYear = numbers(n -> hasTea(n) && year(n) == 2001);
        Set<String> teaWithoutLeaf = numbers(n -> hasTea(n) && !hasLeaf(n));
        String filter = ", \"filter\": {\"year\": 2001}";
        String vector = ", \"vector\": [1, 0, 0], \"mode\": \"hybrid\"";
        assertThat(total(TEA)).isEqualTo(tea.size() + " true");
        assertThat(total(TEA + filter)).isEqualTo(teaOfAYear.size() + " true");
        assertThat(total("\"query\": \"+tea -leaf\", \"syntax\": \"simple\", \"mode\": \"keyword\""))
                .isEqualTo(teaWithoutLeaf.size() + " true");
        assertThat(total("\"query\": \"cocoa\", \"mode\": \"keyword\"")).isEqualTo("0 true");
        assertThat(total("\"query\": \"tea\"" + vector)).isEqualTo(tea.size() + " false");
        assertThat(total("\"query\": \"cocoa\"" + vector)).isEqualTo("100 false");
        assertThat(total("\"vector\": [1, 0, 0], \"pages\": true")).isEqualTo(DEPTH + 1 + " false");
    }

    private String total(String search) {
        JsonNode total = read(ask(search, ", \"total\": true, \"include\": []")).path("total");
        return total.path("value").asText() + " " + total.path("exact").asText();
    }

    @Test
    void whatIsWrittenMeanwhileDoesNotMovePages() throws SQLException {
        fill(0, 80);
        List<String> whole = keys(hits(TEA, page -> DEPTH));
        JsonNode first = page(TEA, 10, null);
        Set<String> gone = new HashSet<>(whole.subList(8, 25));
        gone.forEach(
                key -> given().delete(documents(collection) + "/" + key).then().statusCode(204));
        fill(100, 140);
        String changed = whole.get(30);
        json("{\"content\": \"no longer the same\", \"vector\": [1, 0, 0]}")
                .put(documents(collection) + "/" + changed)
                .then()
                .statusCode(200);

        JsonNode second = page(TEA, 10, next(first));
        List<String> left = whole.subList(10, whole.size()).stream()
                .filter(key -> !gone.contains(key))
                .toList();
        assertThat(keys(second.path("items"))).isEqualTo(left.subList(0, 10)).contains(changed);
        assertThat(keys(page(TEA, DEPTH, next(second)).path("items"))).isEqualTo(left.subList(10, left.size()));
        assertThat(keys(page(TEA, 10, next(first)).path("items"))).isEqualTo(left.subList(0, 10));
        assertThat(second.path("sequence")).isEqualTo(first.path("sequence"));
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void aCursorIsForItsSearch() {
        fill(0, 20);
        String cursor = next(page(TEA, 3, null));
        String from = ", \"cursor\": \"" + cursor + "\"";
        ask(TEA, ", \"limit\": 2, \"include\": [\"document\", \"highlights\"], \"explain\": true" + from)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0]", hasKey("document"))
                .body("$", hasKey("nextCursor"));
        problem(ask("\"query\": \"coffee\", \"mode\": \"keyword\"", from), 400, "cursor.foreign");
        problem(ask(TEA + ", \"filter\": {\"year\": 2001}", from), 400, "cursor.foreign");
        problem(ask("\"query\": \"tea\", \"vector\": [1, 0, 0]", from), 400, "cursor.foreign");
        problem(ask(TEA, ", \"cursor\": \"" + cursor + "A\""), 400, "cursor.foreign");
        problem(ask(TEA, ", \"cursor\": \"\""), 400, "cursor.foreign");
        String mine = collection;
        make();
        problem(ask(TEA, from), 400, "cursor.foreign");
        drop();
        collection = mine;
        problem(ask(TEA, ", \"total\": true" + from), 422, "/total", "search.total.later");
    }

    @Test
    void aCursorIsForItsSearchHoweverThatIsWritten() {
        fill(0, 20);
        String cursor = next(page("\"query\": \"tea\"", 3, null));
        String from = ", \"cursor\": \"" + cursor + "\"";
        for (String same : List.of(
                "\"mode\": \"keyword\"",
                "\"syntax\": \"plain\"",
                "\"syntax\": \"simple\"",
                "\"fuzzy\": \"off\"",
                "\"prefix\": false",
                "\"filter\": {}",
                "\"fusion\": {}",
                "\"fusion\": {\"type\": \"rrf\", \"k\": 3}",
                "\"minSimilarity\": 0.1",
                "\"limit\": 10")) {
            ask("\"query\": \"tea\"", ", " + same + from).then().statusCode(200).body("items[0].key", not(is("0")));
        }
        problem(ask("\"query\": \"tea\"", ", \"fuzzy\": \"auto\"" + from), 400, "cursor.foreign");
        problem(ask("\"query\": \"tea\"", ", \"prefix\": true" + from), 400, "cursor.foreign");
        problem(ask("\"query\": \"+tea\"", ", \"syntax\": \"simple\"" + from), 400, "cursor.foreign");

        String hybrid = "\"query\": \"tea\", \"vector\": [1, 0, 0]";
        from = ", \"cursor\": \"" + next(page(hybrid, 3, null)) + "\"";
        ask(hybrid, ", \"mode\": \"hybrid\", \"fusion\": {\"type\": \"standard\", \"keywordWeight\": 0.5}" + from)
                .then()
                .statusCode(200);
        problem(ask(hybrid, ", \"fusion\": {\"type\": \"rrf\"}" + from), 400, "cursor.foreign");
        problem(ask(hybrid, ", \"minSimilarity\": 0.1" + from), 400, "cursor.foreign");
        problem(ask(hybrid, ", \"effort\": 50" + from), 400, "cursor.foreign");
    }

    @Test
    void pagesEndWithTheirTime() throws SQLException {
        fill(0, 20);
        String cursor = next(page(TEA, 3, null));
        String of = " hit_list.collection_id = (select id from collection where name = ?)";
        Database.execute("update hit_list set expires_at = now() where" + of, collection);
        problem(ask(TEA, ", \"cursor\": \"" + cursor + "\""), 422, "/cursor", "cursor.expired");
        Database.execute("delete from hit_list where" + of, collection);
        problem(ask(TEA, ", \"cursor\": \"" + cursor + "\""), 422, "/cursor", "cursor.expired");
    }

    @Test
    void whatNobodyNeedsIsNotKept() throws SQLException {
        fill(0, 20);
        ask(TEA, ", \"limit\": 3").then().body("$", not(hasKey("nextCursor"))).body("$", not(hasKey("total")));
        assertThat(next(page(TEA, 10, null))).isNull();
        assertThat(kept()).isZero();
        String cursor = next(page(TEA, 9, null));
        assertThat(kept()).isEqualTo(1);
        JsonNode last = page(TEA, 9, cursor);
        assertThat(next(last)).isNull();
        assertThat(last.path("warnings").toString()).contains("Only 1 of 9 hits");
        assertThat(kept()).isEqualTo(1);
        json("{\"searches\": [{" + TEA + ", \"pages\": true}, {" + TEA + ", \"total\": true}]}")
                .post(path() + ":batch")
                .then()
                .body("answers.status", contains(422, 200))
                .body("answers[0].problem.errors.code", contains("search.pages.alone"))
                .body("answers[1].result.total.value", is(10));
    }

    @Test
    void aBudgetEndsAPageButNoHit() {
        fill(0, 20);
        List<String> whole = keys(hits(TEA, page -> 100));
        String reading =
                TEA + ", \"pages\": true, \"limit\": 8, \"include\": [\"passages\"], \"budget\": {\"tokens\": 30}";
        List<String> read = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JsonNode page = read(ask(reading, cursor == null ? "" : ", \"cursor\": \"" + cursor + "\""));
            read.addAll(keys(page.path("items")));
            cursor = next(page);
            pages++;
        } while (cursor != null && pages < 20);
        assertThat(read).isEqualTo(whole);
        assertThat(pages).isGreaterThan(1);
    }

    /** Each page has the whole budget, so what does not fit into one of its own fits into none. */
    @Test
    void whatIsLargerThanTheBudgetHidesNothingBehindIt() {
        assertThat(readWithLarge(Set.of(3))).containsExactly("0", "1", "2", "4", "5", "6", "7");
        assertThat(readWithLarge(Set.of(0, 1, 4, 7))).containsExactly("2", "3", "5", "6");
        assertThat(readWithLarge(Set.of(0, 1, 2, 3, 4, 5, 6, 7))).isEmpty();
    }

    /** The keys on all pages of eight documents, of which some are larger than the budget. */
    private List<String> readWithLarge(Set<Integer> large) {
        for (int i = 0; i < 8; i++) {
            json("{\"content\": \"%s\", \"vector\": [1, %s, 0]}"
                            .formatted("word ".repeat(large.contains(i) ? 300 : 3), i / 10.0))
                    .header("Prefer", "wait=60")
                    .put(documents(collection) + "/" + i)
                    .then()
                    .statusCode(oneOf(200, 201));
        }
        String reading =
                "\"vector\": [1, 0, 0], \"pages\": true, \"limit\": 2, \"include\": [\"passages\"], \"budget\": {\"tokens\": 100}";
        List<String> read = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JsonNode page = read(ask(reading, cursor == null ? "" : ", \"cursor\": \"" + cursor + "\""));
            read.addAll(keys(page.path("items")));
            cursor = next(page);
            boolean hasSkipped = page.path("warnings").toString().contains("larger than the whole budget");
            assertThat(hasSkipped)
                    .as(page.toString())
                    .isEqualTo(page.path("items").isEmpty());
            pages++;
        } while (cursor != null && pages < 20);
        assertThat(pages).isLessThan(20);
        return read;
    }

    @Test
    void examplesFindPagesToo() {
        fill(0, 40);
        String like = "\"like\": [{\"key\": \"3\"}]";
        assertThat(total(like)).isEqualTo("20 false");
        List<String> whole = keys(hits(like, page -> DEPTH));
        assertThat(whole).hasSize(39).doesNotContain("3");
        JsonNode first = page(like, 10, null);
        String from = ", \"cursor\": \"" + next(first) + "\"";
        List<String> pieces = new ArrayList<>(keys(first.path("items")));
        pieces.addAll(keys(hits(like, next(first), page -> 7)));
        assertThat(pieces).isEqualTo(whole);
        problem(ask("\"like\": [{\"key\": \"4\"}]", from), 400, "cursor.foreign");
        problem(ask(like + ", \"unlike\": [{\"key\": \"4\"}]", from), 400, "cursor.foreign");
        problem(ask("\"like\": [{\"vector\": [1, 0, 0]}]", from), 400, "cursor.foreign");
        given().delete(documents(collection) + "/3").then().statusCode(204);
        assertThat(keys(page(like, 5, next(first)).path("items"))).isEqualTo(whole.subList(10, 15));
    }

    @Test
    void whatExpiresBetweenPagesIsOnNone() throws SQLException {
        fill(0, 40);
        List<String> whole = keys(hits(TEA, page -> DEPTH));
        JsonNode first = page(TEA, 5, null);
        for (String key : whole.subList(6, 9)) {
            Database.execute("""
                    update document set expires_at = now() - interval '1 second' from collection
                    where collection.id = collection_id and collection.name = ? and key = ?
                    """, collection, key);
        }
        List<String> left = new ArrayList<>(whole.subList(5, whole.size()));
        left.removeAll(whole.subList(6, 9));
        for (String include : List.of("", ", \"include\": []", ", \"include\": [\"chunk\", \"vector\"]")) {
            Response second = ask(TEA, ", \"limit\": 5, \"cursor\": \"" + next(first) + "\"" + include);
            assertThat(keys(read(second).path("items"))).as(include).isEqualTo(left.subList(0, 5));
        }
        Response filtered = ask(TEA + ", \"filter\": {\"year\": {\"$gte\": 0}}", ", \"pages\": true, \"limit\": 100");
        assertThat(keys(read(filtered).path("items")))
                .hasSize(whole.size() - 3)
                .doesNotContainAnyElementsOf(whole.subList(6, 9));
    }

    @Test
    void facetsAreOfAllThatMatches() {
        fill(0, 40);
        String facets = ", \"facets\": {\"year\": {\"top\": 10}}";
        JsonNode alone = read(ask(TEA, ", \"limit\": 3" + facets));
        JsonNode first = read(ask(TEA, ", \"limit\": 3, \"pages\": true, \"total\": true" + facets));
        assertThat(first.path("facets")).isEqualTo(alone.path("facets")).isNotEmpty();
        assertThat(first.path("total").path("value").asInt()).isEqualTo(20);
        String from = ", \"limit\": 3, \"cursor\": \"" + next(first) + "\"";
        assertThat(read(ask(TEA, from + facets)).path("facets")).isEqualTo(alone.path("facets"));
        ask(TEA, from).then().statusCode(200).body("$", not(hasKey("facets")));
    }

    @Test
    void pagesGoOnUnderAnyNameOfTheirCollectionAndNoneOfAnother() {
        fill(0, 20);
        String alias = Api.freeName();
        point(alias, collection);
        String search = "{" + TEA + ", \"include\": [], \"pages\": true, \"limit\": 3%s}";
        JsonNode first = read(json(search.formatted("")).post(COLLECTIONS + "/" + alias + "/search"));
        String further = search.formatted(", \"cursor\": \"" + next(first) + "\"");
        Response second = json(further).post(COLLECTIONS + "/" + alias + "/search");
        assertThat(keys(read(second).path("items"))).hasSize(3);
        assertThat(read(json(further).post(path())).path("items"))
                .isEqualTo(read(second).path("items"));
        String mine = collection;
        make();
        point(alias, collection);
        problem(json(further).post(COLLECTIONS + "/" + alias + "/search"), 400, "cursor.foreign");
        json(further).post(COLLECTIONS + "/" + mine + "/search").then().statusCode(200);
        given().delete("/v1/aliases/" + alias).then().statusCode(204);
        drop();
        collection = mine;
    }

    private static void point(String alias, String name) {
        int status = json("{\"collection\": \"" + name + "\"}")
                .put("/v1/aliases/" + alias)
                .statusCode();
        assertThat(status).isIn(200, 201);
    }

    @Test
    void onlyASearchInItsOwnOrderOfOneCollectionHasPages() {
        fill(0, 10);
        problem(
                ask(TEA, ", \"pages\": true, \"groupBy\": {\"field\": \"year\"}"),
                422,
                "/groupBy",
                "search.pages.group_by");
        problem(ask(TEA, ", \"pages\": true, \"diversity\": {}"), 422, "/diversity", "search.pages.diversity");
        assertThat(total(TEA + ", \"groupBy\": {\"field\": \"year\"}, \"diversity\": {}"))
                .isEqualTo("5 true");
        for (String field : List.of("\"pages\": true", "\"cursor\": \"abc\"", "\"total\": true")) {
            problem(
                    json("{\"collections\": [\"" + collection + "\"], " + TEA + ", " + field + "}")
                            .post("/v1/search"),
                    400,
                    "json.unknown_field");
        }
    }
}
