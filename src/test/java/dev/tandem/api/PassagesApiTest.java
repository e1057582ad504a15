package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hits have passages for a language model, and all of them together fit its window. */
@QuarkusTest
class PassagesApiTest {

    private static final List<String> WORDS = List.of("ant", "bee", "cat", "dog", "eel", "fox", "gnu");

    @Inject
    World world;

    @Inject
    FakeEmbedder embedder;

    private String collection = "";

    @AfterEach
    void release() {
        embedder.reset();
    }

    private Collection modelled() {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        collection = owner.name();
        return owner;
    }

    /** A text of many chunks, each about something else. */
    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        String word = "";
        for (int i = 0; i < words; i++) {
            word = i % 100 == 0 || random.nextInt(3) == 0 ? WORDS.get(random.nextInt(WORDS.size())) : word;
            text.append(word).append(' ');
        }
        return text.toString();
    }

    /** The last document has more vectors than are read in one piece. */
    @Thorough
    @Test
    void thePassagesAreTheMostSimilarChunksWithTheirNeighbours() {
        CollectionSettings usual = CollectionSamples.fakeModel();
        Collection owner = world.collection(new CollectionSettings(
                usual.embedding(),
                new Chunking(16, 4),
                usual.language(),
                usual.metadataSchema(),
                usual.requireIfMatch(),
                usual.history(),
                usual.index(),
                usual.vectors()));
        collection = owner.name();
        Random random = new Random(5);
        for (int n = 0; n < 6; n++) {
            String text = text(random, n < 5 ? 10 + 200 * n : 65_000);
            Api.put(collection, "k" + n, "{\"title\": \"T\", \"content\": \"%s\"}".formatted(text));
        }
        world.settle(owner);
        Map<String, JsonPath> stored = new HashMap<>();
        for (int round = 0; round < 4; round++) {
            String query = text(random, 2 + round).strip();
            int perDocument = random.nextInt(1, 11);
            int around = round == 0 ? 0 : random.nextInt(6);
            JsonPath answer =
                    search("""
                            {"query": "%s", "passages": {"perDocument": %d, "around": %d}, "include": ["passages"]}""".formatted(query, perDocument, around)).extract().jsonPath();
            Vector asked = embedder.embedQuery(query).await().indefinitely();
            assertThat(answer.getList("items")).hasSize(6);
            for (int i = 0; i < 6; i++) {
                String key = answer.getString("items[" + i + "].key");
                JsonPath document = stored.computeIfAbsent(
                        key, k -> given().get(documents(collection) + "/" + k + "?include=vector")
                                .jsonPath());
                assertPassages(answer.getList("items[" + i + "].passages"), document, asked, perDocument, around);
            }
        }
        world.delete(owner);
    }

    private static void assertPassages(
            List<Map<String, Object>> passages, JsonPath stored, Vector asked, int perDocument, int around) {
        List<Map<String, Object>> chunks = stored.getList("chunks");
        List<Double> similarities = new ArrayList<>();
        for (Map<String, Object> chunk : chunks) {
            List<?> numbers = (List<?>) chunk.get("vector");
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = ((Number) numbers.get(i)).floatValue();
            }
            similarities.add(Metric.COSINE.similarity(asked, Vector.of(vector)));
        }
        List<Integer> best = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            best.add(i);
        }
        best.sort(Comparator.comparing((Integer i) -> -similarities.get(i)));
        TreeSet<Integer> wanted = new TreeSet<>();
        for (int i : best.subList(0, Math.min(perDocument, best.size()))) {
            for (int ordinal = i - around; ordinal <= i + around; ordinal++) {
                if (ordinal >= 0 && ordinal < chunks.size()) {
                    wanted.add(ordinal);
                }
            }
        }
        String content = stored.getString("content");
        TreeSet<Integer> shown = new TreeSet<>();
        int before = -2;
        for (Map<String, Object> passage : passages) {
            int first = (int) passage.get("firstChunk");
            int last = (int) passage.get("lastChunk");
            int start = (int) passage.get("start");
            int end = (int) passage.get("end");
            assertThat(first).isGreaterThan(before + 1);
            assertThat(start).isEqualTo(chunks.get(first).get("start"));
            assertThat(end).isEqualTo(chunks.get(last).get("end"));
            assertThat(passage.get("text")).isEqualTo(content.substring(start, end));
            for (int ordinal = first; ordinal <= last; ordinal++) {
                shown.add(ordinal);
            }
            before = last;
        }
        assertThat(shown).isEqualTo(wanted);
        assertThat(passages.stream().mapToDouble(passage -> ((Number) passage.get("similarity")).doubleValue()))
                .anyMatch(similarity -> Math.abs(similarity - similarities.get(best.getFirst())) < 1e-5);
    }

    @Test
    void aHitHasWhatIsAskedForWithoutTheContent() {
        Collection owner = modelled();
        Api.put(collection, "tea", "{\"title\": \"Tea\", \"content\": \"hot water\", \"metadata\": {\"year\": 2024}}");
        world.settle(owner);
        search("{\"query\": \"water\", \"include\": [\"title\", \"metadata\", \"passages\"]}")
                .body("items[0].title", equalTo("Tea"))
                .body("items[0].metadata.year", equalTo(2024))
                .body("items[0].passages.text", contains("hot water"))
                .body("items[0]", not(hasKey("document")));
        search("{\"query\": \"water\", \"passages\": {}}")
                .body("items[0].title", equalTo("Tea"))
                .body("items[0].passages", hasSize(1))
                .body("items[0]", not(hasKey("metadata")))
                .body("$", not(hasKey("budget")));
        search("{\"query\": \"water\"}").body("items[0]", not(hasKey("passages")));
        world.delete(owner);
    }

    @Test
    void aBudgetIsCutAtPassagesAndSaysSo() {
        Collection owner = modelled();
        Api.put(collection, "best", "{\"title\": \"ant\", \"content\": \"ant ant ant\"}");
        Api.put(collection, "next", "{\"title\": \"ant\", \"content\": \"ant bee bee bee\"}");
        world.settle(owner);
        String wanted = "{\"query\": \"ant\", \"mode\": \"vector\", \"include\": %s, \"budget\": {\"tokens\": %d}}";
        search(wanted.formatted("[\"passages\"]", 7))
                .body("items.key", contains("best", "next"))
                .body("budget", equalTo(budget(7, 7, 0, 0)));
        search(wanted.formatted("[\"passages\"]", 6))
                .body("items.key", contains("best"))
                .body("warnings[0]", startsWith("The budget of 6 tokens is spent"))
                .body("budget", equalTo(budget(6, 3, 1, 1)));
        search(wanted.formatted("[\"title\", \"passages\"]", 9)).body("budget", equalTo(budget(9, 9, 0, 0)));
        search(wanted.formatted("[\"title\", \"passages\"]", 8)).body("budget", equalTo(budget(8, 4, 1, 1)));
        search(wanted.formatted("[\"passages\"]", 1))
                .body("items", hasSize(0))
                .body(
                        "warnings",
                        containsInAnyOrder(
                                "Found only 2 of 10 hits: no other document matches.",
                                "The budget of 1 token is spent: passages left out: 2, hits left out: 2."))
                .body("budget", equalTo(budget(1, 0, 2, 2)));
        String batch = "{\"searches\": [%s]}".formatted(wanted.formatted("[\"passages\"]", 6));
        json(batch)
                .post(COLLECTIONS + "/" + collection + "/search:batch")
                .then()
                .statusCode(200)
                .body("answers[0].result.budget", equalTo(budget(6, 3, 1, 1)));
        world.delete(owner);
    }

    private static Map<String, Object> budget(int tokens, int used, int passages, int documents) {
        return Map.of(
                "tokens",
                tokens,
                "used",
                used,
                "counter",
                "tokenizer",
                "cut",
                Map.of("passages", passages, "documents", documents));
    }

    @Test
    void wordsChooseWhereThereIsNoVector() {
        Collection owner = modelled();
        Api.put(
                collection,
                "long",
                "{\"content\": \"%sbees dog %s\"}".formatted("ant ".repeat(600), "cat ".repeat(600)));
        world.settle(owner);
        search("{\"query\": \"bee dogs\", \"mode\": \"keyword\", \"passages\": {\"perDocument\": 3}}")
                .body("items[0].passages", hasSize(1))
                .body("items[0].passages[0].text", containsString("bees dog"))
                .body("items[0].passages[0]", not(hasKey("similarity")));
        world.delete(owner);
    }

    @Test
    void theOffsetsOfAnEarlierTextAreNotUsed() {
        Collection owner = modelled();
        Api.put(collection, "k", "{\"content\": \"%s\"}".formatted("ant ".repeat(900)));
        world.settle(owner);
        embedder.hold();
        json("{\"content\": \"%s\"}".formatted("bee ".repeat(900)))
                .put(documents(collection) + "/k")
                .then()
                .statusCode(200);
        // The model is held, so the query brings its vector.
        search("{\"vector\": %s, \"passages\": {\"perDocument\": 3}}"
                        .formatted(Arrays.toString(FakeEmbedder.vectorOf("ant").toArray())))
                .body("items[0].passages", hasSize(1))
                .body("items[0].passages[0].text", startsWith("bee bee"))
                .body("items[0].passages[0].end", lessThanOrEqualTo(2_000))
                .body("items[0].passages[0].firstChunk", nullValue());
        embedder.release();
        world.settle(owner);
        world.delete(owner);
    }

    @Test
    void aCollectionWithoutModelHasPassagesToo() {
        String own = Api.collection();
        collection = own;
        Api.put(own, "brought", "{\"content\": \"Leaves in hot water.\", \"vector\": [1, 0, 0]}");
        Api.put(own, "bare", "{\"content\": \"Beans in hot water.\"}");
        Api.put(own, "untitled", "{\"title\": \"hot water\"}");
        search("{\"query\": \"hot water\", \"passages\": {}, \"budget\": {\"tokens\": 100}}")
                .body("items", hasSize(3))
                .body("items.find { it.key == 'brought' }.passages[0].firstChunk", equalTo(0))
                .body("items.find { it.key == 'bare' }.passages[0].text", equalTo("Beans in hot water."))
                .body("items.find { it.key == 'untitled' }.passages", hasSize(0))
                .body("budget.counter", equalTo("estimate"));
        search("{\"vector\": [1, 0, 0], \"passages\": {}}").body("items[0].passages[0].similarity", equalTo(1.0f));
        given().delete(COLLECTIONS + "/" + own).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"query": "x", "passages": {"perDocument": 0}};          /passages/perDocument; search.passages.per_document
            {"query": "x", "passages": {"perDocument": 2147483647}}; /passages/perDocument; search.passages.per_document
            {"query": "x", "passages": {"around": -1}};              /passages/around;      search.passages.around
            {"query": "x", "budget": {"tokens": 5}};                 /budget;               search.budget.passages
            {"query": "x", "passages": {}, "budget": {}};            /budget/tokens;        search.budget.tokens
            {"query": "x", "passages": {}, "budget": {"tokens": 0}}; /budget/tokens;        search.budget.tokens
            """)
    void wrongWishesAreRefused(String body, String pointer, String code) {
        collection = Api.collection();
        problem(json(body).post(COLLECTIONS + "/" + collection + "/search"), 422, pointer, code);
        given().delete(COLLECTIONS + "/" + collection).then().statusCode(204);
    }

    private ValidatableResponse search(String body) {
        return json(body)
                .post(COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200);
    }
}
