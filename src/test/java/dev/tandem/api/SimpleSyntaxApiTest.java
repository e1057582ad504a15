package dev.tandem.api;

import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phrases, words that must and must not be there, and beginnings of words, over HTTP. */
@QuarkusTest
class SimpleSyntaxApiTest {

    private static final List<String> PARTS = List.of(
            "hot",
            "water",
            "Tea",
            "\"hot water\"",
            "+tea",
            "-beans",
            "whe*",
            "+",
            "-",
            "\"",
            "*",
            "\\",
            "(",
            ")",
            "~2",
            "^3",
            "title:tea",
            "AND",
            "OR",
            "NOT",
            "[a TO b]",
            "/re.*/",
            "&&",
            "||",
            "!",
            "{",
            "}",
            "\t",
            "\u3000",
            "\u65e5\u672c",
            "\ud83c\udf75",
            "+\"",
            "-*",
            "++",
            "--x",
            "\"\"",
            "it",
            "C++",
            "the",
            "'",
            "<em>");

    private String collection = "";

    @BeforeEach
    void threeDocuments() {
        collection = Api.collection();
        Api.put(
                collection,
                "tea",
                "{\"title\": \"Tea\", \"content\": \"Leaves in hot water.\", \"vector\": [1, 0, 0]}");
        Api.put(
                collection,
                "coffee",
                "{\"title\": \"Coffee\", \"content\": \"Beans in water, hot.\", \"vector\": [0.8, 0.6, 0]}");
        Api.put(
                collection,
                "car",
                "{\"title\": \"Car\", \"content\": \"Wheels on a hot road.\", \"vector\": [0, 0, 1]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "hot water"            | tea
            hot -beans             | car, tea
            hot +water             | coffee, tea
            +hot +water -leaves    | coffee
            whee*                  | car
            +w* -wheels            | coffee, tea
            -"hot water" hot       | car, coffee
            -hot                   |
            -beans                 | car, tea
            "water hot"            | coffee
            hot \\-beans           | car, coffee, tea
            """)
    void findsByWords(String query, String keys) {
        assertThat(found(query, "simple", "keyword")).isEqualTo(keys == null ? List.of() : List.of(keys.split(", ")));
    }

    @Test
    void whatIsDemandedHoldsForVectorsToo() {
        JsonObject question = new JsonObject()
                .put("query", "+water -leaves")
                .put("syntax", "simple")
                .put("vector", List.of(1, 0, 0));
        assertThat(keys(question.put("mode", "hybrid"))).containsExactly("coffee");
        assertThat(keys(question.put("mode", "vector"))).containsExactly("coffee");
    }

    @Test
    void plainTextHasNoOperators() {
        assertThat(found("hot -beans", null, "keyword")).containsExactly("car", "coffee", "tea");
        assertThat(found("\"hot water\"", "plain", "keyword")).contains("coffee");
        problem(search(new JsonObject().put("query", "x").put("syntax", "lucene")), 422, "request.rejected")
                .body("errors.code", contains("choice.unknown"));
    }

    @Test
    void everyQueryIsAnswered() {
        Random random = new Random(7);
        IntStream.range(0, 200).mapToObj(i -> generated(random)).forEach(query -> {
            JsonObject question = new JsonObject().put("query", query).put("syntax", "simple");
            search(question.put("include", List.of("highlights"))).then().statusCode(200);
        });
    }

    private static String generated(Random random) {
        String query = Stream.generate(() -> PARTS.get(random.nextInt(PARTS.size())))
                .limit(1 + random.nextInt(8))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
        return query.isBlank() ? "x" : query;
    }

    private List<String> found(String query, String syntax, String mode) {
        return keys(new JsonObject().put("query", query).put("syntax", syntax).put("mode", mode));
    }

    private List<String> keys(JsonObject question) {
        return search(question).then().statusCode(200).extract().<List<String>>path("items.key").stream()
                .sorted()
                .toList();
    }

    private Response search(JsonObject question) {
        return json(question.encode()).post(Api.COLLECTIONS + "/" + collection + "/search");
    }
}
