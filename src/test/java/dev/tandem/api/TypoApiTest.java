package dev.tandem.api;

import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words with typos in them, and words that are not finished, over HTTP. */
@QuarkusTest
class TypoApiTest {

    private String collection = "";

    @BeforeEach
    void threeDocuments() {
        collection = Api.collection();
        Api.put(collection, "tea", "{\"title\": \"Tea\", \"content\": \"Leaves in water.\", \"vector\": [1, 0, 0]}");
        Api.put(collection, "soup", "{\"title\": \"Soup\", \"content\": \"Leeks in it.\", \"vector\": [0, 1, 0]}");
        Api.put(collection, "car", "{\"title\": \"Car\", \"content\": \"Wheels on a road.\", \"vector\": [0, 0, 1]}");
    }

    private static JsonObject question(String query) {
        return new JsonObject().put("query", query).put("mode", "keyword");
    }

    @Test
    void typosAreForgivenWhereThatIsAsked() {
        assertThat(keys(question("watre"))).isEmpty();
        assertThat(keys(question("watre").put("fuzzy", "off"))).isEmpty();
        assertThat(keys(question("watre").put("fuzzy", "auto"))).containsExactly("tea");
    }

    @Test
    void theLastWordMayGoOn() {
        assertThat(keys(question("a whee"))).isEmpty();
        assertThat(keys(question("a whee").put("prefix", false))).isEmpty();
        assertThat(keys(question("a whee").put("prefix", true))).containsExactly("car");
        assertThat(keys(question("a whee ").put("prefix", true))).isEmpty();
    }

    @Test
    void whatIsDemandedIsForgivenForVectorsToo() {
        JsonObject question = new JsonObject()
                .put("query", "+watre -leeks")
                .put("syntax", "simple")
                .put("vector", List.of(0, 0, 1))
                .put("fuzzy", "auto");
        assertThat(keys(question.put("mode", "hybrid"))).containsExactly("tea");
        assertThat(keys(question.put("mode", "vector"))).containsExactly("tea");
        question.put("query", "+wat").put("fuzzy", "off").put("prefix", true);
        assertThat(keys(question.put("mode", "vector"))).containsExactly("tea");
    }

    @Test
    void whatWasFoundIsMarked() {
        JsonObject question = question("leavse wat").put("include", List.of("highlights"));
        search(question.put("fuzzy", "auto").put("prefix", true))
                .then()
                .statusCode(200)
                .body("items[0].highlights.content", contains("<em>Leaves</em> in <em>water</em>."));
    }

    @Test
    void inABatchEachHasItsOwn() {
        JsonArray searches = new JsonArray()
                .add(question("watre"))
                .add(question("watre").put("fuzzy", "auto"))
                .add(question("wat").put("prefix", true));
        json(new JsonObject().put("searches", searches).encode())
                .post(Api.COLLECTIONS + "/" + collection + "/search:batch")
                .then()
                .statusCode(200)
                .body("answers.result.items.key", contains(List.of(), List.of("tea"), List.of("tea")));
    }

    @Test
    void anythingElseIsRefused() {
        problem(search(question("x").put("fuzzy", "always")), 422, "request.rejected")
                .body("errors.code", contains("choice.unknown"))
                .body("errors.pointer", contains("/fuzzy"));
        search(question("x").put("fuzzy", 2)).then().statusCode(400);
        search(question("x").put("prefix", "yes")).then().statusCode(400);
    }

    @Test
    void theLongestQueryIsAnswered() {
        String words = "watre leavse ".repeat(1_000).substring(0, 10_000);
        assertThat(keys(question(words).put("fuzzy", "auto").put("prefix", true)))
                .containsExactly("tea");
        assertThat(keys(question("w".repeat(10_000)).put("fuzzy", "auto").put("prefix", true)))
                .isEmpty();
    }

    private List<String> keys(JsonObject question) {
        return search(question).then().statusCode(200).extract().path("items.key");
    }

    private Response search(JsonObject question) {
        return json(question.encode()).post(Api.COLLECTIONS + "/" + collection + "/search");
    }
}
