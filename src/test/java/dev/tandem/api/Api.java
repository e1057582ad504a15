package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Helpers for tests of the HTTP interface: creating collections and checking problems. */
public final class Api {

    public static final String COLLECTIONS = "/v1/collections";

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

    public static String documents(String collection) {
        return COLLECTIONS + "/" + collection + "/documents";
    }

    public static RequestSpecification json(String body) {
        return given().urlEncodingEnabled(false).contentType(ContentType.JSON).body(body);
    }

    /** Puts a document that searches show at once. */
    public static void put(String collection, String key, String body) {
        json(body)
                .header("Prefer", "wait=10")
                .put(documents(collection) + "/" + key)
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=10");
    }

    /** Checks the common parts of every problem. */
    public static ValidatableResponse problem(Response response, int status, String code) {
        String requestId = response.header("X-Request-Id");
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", org.hamcrest.Matchers.endsWith("docs/problems.md#" + code.replace(".", "")))
                .body("title", notNullValue())
                .body("detail", notNullValue())
                .body("instance", org.hamcrest.Matchers.startsWith("/"))
                .body("requestId", equalTo(requestId));
    }

    /** Checks a problem with one broken rule. */
    public static void problem(Response response, int status, String pointer, String code) {
        problem(response, status, status == 422 ? "request.rejected" : response.path("code"))
                .body("errors.find { it.code == '" + code + "' }.pointer", equalTo(pointer));
    }
}
