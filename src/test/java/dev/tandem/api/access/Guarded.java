package dev.tandem.api.access;

import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static java.util.Map.entry;

import dev.tandem.testing.ScriptedReranker;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service that asks for keys, and accepts tokens of an issuer. */
public final class Guarded implements QuarkusTestProfile {

    static final String ROOT = "a-root-key-of-tests-0123456789abcdef";
    static final String ISSUER = "https://issuer.example.org/";
    static final String RERANKER = "scripted";
    static final String AUDIENCE = "tandem-of-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                entry("tandem.access.mode", "keys"),
                entry("tandem.access.root-key", ROOT),
                entry("tandem.access.notes", "200ms"),
                entry("tandem.access.token.issuer", ISSUER),
                entry("tandem.access.token.audience", AUDIENCE),
                entry("tandem.access.token.keys", "http://localhost:" + freePort() + "/keys"),
                entry("tandem.access.token.groups-claim", "realm.roles"),
                entry("tandem.access.token.grants.readers", "read:shared-*"),
                entry("tandem.access.token.grants.\"the owners\"", "admin:shared-a,write:shared-b"),
                entry("tandem.rerank.servers." + RERANKER + ".url", "http://localhost:" + freePort() + "/v2"),
                entry("tandem.rerank.servers." + RERANKER + ".model", ScriptedReranker.MODEL),
                entry("tandem.rerank.servers." + RERANKER + ".key", ScriptedReranker.KEY),
                entry("tandem.transfer.imports", "2"),
                entry("tandem.callers.patience", "4s"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request that shows a key, or nothing if it is empty. */
    static RequestSpecification as(String credential) {
        RequestSpecification request = given().urlEncodingEnabled(false);
        return credential.isEmpty() ? request : request.header("Authorization", "Bearer " + credential);
    }

    /** The same with a JSON body. */
    static RequestSpecification as(String credential, String body) {
        RequestSpecification request = json(body);
        return credential.isEmpty() ? request : request.header("Authorization", "Bearer " + credential);
    }

    /** Makes a key with a grant on each of these, by the root key. */
    static String key(String right, String... collections) {
        String grants = Stream.of(collections)
                .map(name -> "{\"collections\": \"%s\", \"right\": \"%s\"}".formatted(name, right))
                .collect(Collectors.joining(", ", "[", "]"));
        return as(ROOT, "{\"name\": \"of a test\", \"grants\": " + grants + "}")
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    /** Makes a collection for vectors of three numbers. */
    static void collection(String credential, String name) {
        as(credential, """
                        {"name": "%s", "embedding": {"model": "none", "dimensions": 3}}
                        """.formatted(name)).post("/v1/collections").then().statusCode(201);
    }
}
