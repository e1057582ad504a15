package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Helpers for tests of the HTTP interface: creating collections and checking problems. */
public final class Api {

    public static final String COLLECTIONS = "/v1/collections";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Api() {}

    /** Creates a collection for vectors of three numbers, which need no model; returns its name. */
    public static String collection() {
        return collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}");
    }

    /** Creates a collection with these members; returns its name. */
    public static String collection(String members) {
        String name = freeName();
        json("{\"name\": \"%s\", %s}".formatted(name, members))
                .post(COLLECTIONS)
                .then()
                .statusCode(201);
        return name;
    }

    public static String freeName() {
        return "t-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** What is at an address for those who run the service. */
    public static Response operating(String path) {
        URI base = ConfigProvider.getConfig().getValue("test.management.url", URI.class);
        return given().get(base.resolve(path));
    }

    public static String documents(String collection) {
        return COLLECTIONS + "/" + collection + "/documents";
    }

    public static RequestSpecification json(String body) {
        return given().urlEncodingEnabled(false).contentType(ContentType.JSON).body(body);
    }

    /** Asks for a successor of a collection, with these further members. */
    static Response copy(String source, String successor, String members) {
        return json("{\"name\": \"%s\", %s}".formatted(successor, members)).post(COLLECTIONS + "/" + source + ":copy");
    }

    /** The id of the job that a request has begun. */
    static UUID begun(Response answer) {
        answer.then().statusCode(202);
        return UUID.fromString(answer.path("id"));
    }

    /** Puts a document that searches show at once. */
    public static void put(String collection, String key, String body) {
        json(body)
                .header("Prefer", "wait=60")
                .put(documents(collection) + "/" + key)
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=60");
    }

    /** Checks the common parts of every problem. */
    public static ValidatableResponse problem(Response response, int status, String code) {
        ValidatableResponse answer = response.then().statusCode(status).contentType("application/problem+json");
        Map<String, Object> body = members(response);
        assertThat(body)
                .containsEntry("status", status)
                .containsEntry("code", code)
                .hasEntrySatisfying("title", title -> assertThat(title).isNotNull())
                .hasEntrySatisfying("detail", detail -> assertThat(detail).isNotNull());
        assertThat(body.get("type")).asString().endsWith("docs/problems.md#" + code.replace(".", ""));
        assertThat(body.get("instance")).asString().startsWith("/");
        assertThat(body.get("requestId")).isEqualTo(response.header("X-Request-Id"));
        return answer;
    }

    /** Checks a problem with one broken rule. */
    public static void problem(Response response, int status, String pointer, String code) {
        Map<String, Object> body = members(response);
        problem(response, status, status == 422 ? "request.rejected" : String.valueOf(body.get("code")));
        assertThat(body.get("errors"))
                .asInstanceOf(list(Map.class))
                .filteredOn(error -> code.equals(error.get("code")))
                .first()
                .extracting(error -> error.get("pointer"))
                .isEqualTo(pointer);
    }

    /** Parsed once, without REST Assured, which compiles each path that it reads: nearly half of these tests' time. */
    private static Map<String, Object> members(Response response) {
        try {
            return JSON.readValue(response.asString(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + response.asString(), e);
        }
    }
}
