package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hits come first does not depend on how many a search asks for, nor on whether they come in pages. */
@QuarkusTest
class FirstHitsApiTest {

    private static final int MANY = 500;
    private static final String QUERY = "\"query\": \"tea leaf\", \"vector\": [1, 0.1, 0.1], \"include\": []";

    private String collection = "";

    @BeforeEach
    void fill() {
        collection = Api.collection();
        Random random = new Random(5);
        String lines = IntStream.range(0, MANY)
                .mapToObj(n -> "{\"key\": \"%d\", \"content\": \"%s\", \"vector\": %s}\n"
                        .formatted(n, content(n), Arrays.toString(vector(random))))
                .collect(Collectors.joining());
        String sequence = given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200)
                .extract()
                .path("summary.sequence")
                .toString();
        await().atMost(PATIENCE)
                .until(() -> json("{" + QUERY + "}")
                                .header("Tandem-Sequence", sequence)
                                .post(COLLECTIONS + "/" + collection + "/search")
                                .statusCode()
                        == 200);
    }

    @AfterEach
    void drop() {
        given().delete(COLLECTIONS + "/" + collection).then().statusCode(204);
    }

    private static String content(int n) {
        return (n % 2 == 0 ? "tea " : "coffee ") + (n % 31 == 0 ? "leaf " : "") + "x ".repeat(n % 13);
    }

    private static double[] vector(Random random) {
        return random.doubles(3, 0.01, 1).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "relative", "rrf"})
    void areTheSameHoweverManyAreAskedFor(String fusion) {
        String alone = COLLECTIONS + "/" + collection + "/search";
        String search = QUERY + ", \"fusion\": {\"type\": \"" + fusion + "\"}";
        Response few = answer(alone, search + ", \"limit\": 20");
        isAsIn(few, answer(alone, search + ", \"limit\": 300"));
        isAsIn(few, answer(alone, search + ", \"limit\": 20, \"pages\": true"));
        String all = search + ", \"collections\": [\"" + collection + "\"]";
        isAsIn(few, answer("/v1/search", all + ", \"limit\": 300"));
    }

    private static Response answer(String path, String search) {
        Response answer = json("{" + search + "}").post(path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private static void isAsIn(Response few, Response more) {
        List<String> keys = few.path("items.key");
        assertThat(keys).hasSize(20);
        List<String> others = more.path("items.key");
        assertThat(others).startsWith(keys.toArray(String[]::new));
        List<Number> scores = few.path("items.score");
        List<Number> otherScores = more.path("items.score");
        for (int i = 0; i < scores.size(); i++) {
            assertThat(otherScores.get(i).doubleValue()).isCloseTo(scores.get(i).doubleValue(), within(1e-5));
        }
    }
}
