package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses: every key has an address, and no address changes its meaning on the way. */
@QuarkusTest
class AddressApiTest {

    /** The address of each key in turn. */
    private static final AtomicReference<String> COLLECTION = new AtomicReference<>();

    @Inject
    ObjectMapper mapper;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "//",
                "x/",
                "a b",
                " a",
                "a ",
                "ä",
                "e\u0301",
                "😀",
                "100%",
                "a%2Fb",
                "%00",
                "%zz",
                "a+b",
                "a?b",
                "a#b",
                "a;b",
                "a:b",
                ":query",
                "a\\b",
                "a\"b",
                "a'b",
                "a,b",
                "a&b=c",
                "...",
                "a/../b",
                "{a}",
                "{name}",
                "[a]",
                "<a>",
                "~",
                "a|b",
                "^",
                "`",
                "*",
                "\u200b",
                "a\u2028b"
            })
    void everyKeyWorksWhenItIsPercentEncoded(String key) throws Exception {
        String documents = documents(COLLECTION.updateAndGet(known -> known == null ? Api.collection() : known));
        Response created = json(mapper.writeValueAsString(Map.of("key", key, "title", "a")))
                .post(documents);
        created.then().statusCode(201).body("key", equalTo(key));
        String location = created.header("Location");
        assertThat(location).startsWith(documents + "/");
        String encoded =
                documents + "/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        for (String address : new String[] {location, encoded}) {
            given().urlEncodingEnabled(false)
                    .get(address)
                    .then()
                    .statusCode(200)
                    .body("key", equalTo(key));
        }
        json("{\"title\": \"b\"}").put(encoded).then().statusCode(200).body("key", equalTo(key));
        json("{\"title\": \"c\"}").patch(encoded).then().statusCode(200).header("ETag", "\"3\"");
        given().urlEncodingEnabled(false).head(encoded).then().statusCode(200);
        given().urlEncodingEnabled(false).delete(encoded).then().statusCode(204);
        given().get(documents).then().body("items", hasSize(0));
    }

    @Test
    void theLongestKeyWorks() throws Exception {
        String documents = documents(Api.collection());
        String key = "😀".repeat(128);
        Response created = json(mapper.writeValueAsString(Map.of("key", key, "title", "a")))
                .post(documents);
        given().urlEncodingEnabled(false)
                .get(created.header("Location"))
                .then()
                .statusCode(200)
                .body("key", equalTo(key));
    }

    @ParameterizedTest
    @CsvSource({
        "/documents/.., address.ambiguous",
        "/documents/%2e%2E, address.ambiguous",
        "/documents/kept/.., address.ambiguous",
        "/documents/kept/%2e, address.ambiguous",
        "/documents//kept, address.ambiguous",
        "/documents/kept;a, address.ambiguous",
        "/documents/%00, address.malformed",
        "/documents/kept%00, address.malformed",
        "/documents/%ff, address.malformed",
        "/documents/%ed%a0%80, address.malformed",
        "/documents/%c0%af, address.malformed",
    })
    void noAddressDeletesWhatItDoesNotName(String below, String code) {
        String name = Api.collection();
        json("{\"key\": \"kept\", \"title\": \"a\"}")
                .post(documents(name))
                .then()
                .statusCode(201);
        for (String method : new String[] {"DELETE", "GET", "HEAD", "PUT", "PATCH"}) {
            Answer answer = RawHttp.send(
                    method, COLLECTIONS + "/" + name + below, "{\"title\": \"b\"}", "Content-Type: application/json");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.isProblem()).isTrue();
            assertThat(method.equals("HEAD") ? code : answer.code()).isEqualTo(code);
        }
        given().get(documents(name))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].title", equalTo("a"));
    }

    /** The HTTP server refuses these before Tandem sees them, so the answer is not a problem document. */
    @ParameterizedTest
    @ValueSource(strings = {"/documents/%zz", "/documents/%", "/documents/a|b", "?a=%u1234", "?filter={}"})
    void whatIsNoAddressIsRefused(String below) {
        Answer answer = RawHttp.send("GET", COLLECTIONS + "/none" + below, "");
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1, 404, http.not_found",
        "GET, /v1/nothing, 404, http.not_found",
        "GET, /v1/collections/a/b, 404, http.not_found",
        "GET, /v1/collections/a/documents:nothing, 404, http.not_found",
        "GET, /nothing, 404, http.not_found",
        "POST, /nothing, 404, http.not_found",
        "GET, /v1/collections/Upper, 404, collection.not_found",
        "GET, /v1/collections/a%2Fb, 404, collection.not_found",
        "DELETE, /v1/collections, 405, http.method_not_allowed",
        "POST, /v1/collections/a, 405, http.method_not_allowed",
        "PUT, /v1/collections/a/documents, 405, http.method_not_allowed",
        "POST, /v1/collections/a/documents/b, 405, http.method_not_allowed",
        "GET, /v1/collections/a/documents:query, 405, http.method_not_allowed",
        "GET, /v1/collections/a/search, 405, http.method_not_allowed",
        "TRACE, /v1/collections, 405, http.method_not_allowed",
    })
    void answersAProblemWhereNothingIs(String method, String path, int status, String code) {
        Answer answer = RawHttp.send(method, path, "", "X-Request-Id: mine-1");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers()).containsEntry("x-request-id", "mine-1");
        assertThat(answer.body()).contains("\"instance\":\"" + path + "\"", "\"requestId\":\"mine-1\"");
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        for (int length : new int[] {8_200, 12_000}) {
            Answer answer = RawHttp.send("GET", COLLECTIONS + "?cursor=" + "a".repeat(length), "");
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.code()).isEqualTo("http.uri_too_long");
        }
        assertThat(RawHttp.send("GET", COLLECTIONS + "?cursor=" + "a".repeat(40_000), "")
                        .status())
                .isEqualTo(414);
    }

    @Test
    void everyAnswerHasARequestId() {
        given().header("X-Request-Id", "mine-2")
                .get(COLLECTIONS)
                .then()
                .statusCode(200)
                .header("X-Request-Id", "mine-2");
        String long129 = "a".repeat(129);
        given().header("X-Request-Id", long129).get(COLLECTIONS).then().header("X-Request-Id", not(equalTo(long129)));
        given().header("X-Request-Id", "<script>").get(COLLECTIONS).then().header("X-Request-Id", not(startsWith("<")));
        problem(given().get(COLLECTIONS + "/none"), 404, "collection.not_found");
    }
}
