package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.problem;
import static dev.tandem.api.access.Guarded.ROOT;
import static dev.tandem.api.access.Guarded.as;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.tandem.domain.access.KeyText;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search of several collections asks for the right on each of them. */
@QuarkusTest
@TestProfile(Guarded.class)
class SeveralRightsApiTest {

    private final String family = freeName();
    private final String mine = family + "-mine";
    private final String shared = family + "-shared";
    private final String foreign = family + "-foreign";
    private final String missing = family + "-missing";
    private String reader = "";

    @BeforeEach
    void threeCollections() {
        String admin = key("admin", family + "*");
        reader = key("read", mine, shared);
        for (String name : List.of(mine, shared, foreign)) {
            collection(admin, name);
            for (String tenant : List.of("acme", "bolt")) {
                as(admin, """
                                {"content": "tea of %1$s", "vector": [1, 0, 0], "metadata": {"tenant": "%1$s"}}
                                """.formatted(tenant))
                        .header("Prefer", "wait=60")
                        .put(documents(name) + "/" + tenant)
                        .then()
                        .statusCode(201);
            }
        }
    }

    @Test
    void findsInThoseThatTheCallerMayRead() {
        search(reader, mine, shared).then().statusCode(200).body("items.size()", equalTo(4));
        search(reader, shared).then().statusCode(200).body("items.size()", equalTo(2));
    }

    /** Whoever may not read a collection does not learn whether it exists, whatever it is named together with. */
    @Test
    void oneThatItMayNotReadIsMissing() {
        for (String[] names : new String[][] {{foreign}, {mine, foreign}, {foreign, mine}, {missing, foreign}}) {
            problem(search(reader, names), 404, "collection.not_found");
        }
        Map<String, Object> hidden = search(reader, mine, foreign).jsonPath().getMap("");
        Map<String, Object> absent = search(reader, mine, missing).jsonPath().getMap("");
        hidden.keySet().removeAll(List.of("requestId", "detail"));
        absent.keySet().removeAll(List.of("requestId", "detail"));
        assertThat(hidden).isEqualTo(absent);
        assertThat(search(reader, mine, foreign).<String>path("detail"))
                .isEqualTo("There is no collection named '" + foreign + "'.");
        assertThat(search(reader, mine, missing).<String>path("detail"))
                .isEqualTo("There is no collection named '" + missing + "'.");
    }

    @Test
    void anAliasIsJudgedByItsCollection() {
        String admin = key("admin", family + "*");
        for (String name : List.of(mine, shared, foreign)) {
            as(admin, "{\"collection\": \"%s\"}".formatted(name))
                    .put("/v1/aliases/" + name + "-alias")
                    .then()
                    .statusCode(201);
        }

        search(reader, mine, shared + "-alias").then().statusCode(200).body("items.size()", equalTo(4));
        search(reader, mine + "-alias", shared + "-alias")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(4))
                .body("items.collection", hasItem(mine));
        problem(search(reader, mine, foreign + "-alias"), 404, "collection.not_found");
        problem(search(reader, foreign + "-alias", mine), 404, "collection.not_found");
        problem(search(reader, mine, mine + "-alias"), 422, "/collections/1", "search.collections.twice");
    }

    @Test
    void aScopedKeySeesItsOwnInEach() {
        String expires = Instant.now().plus(Duration.ofHours(1)).toString();
        String acme = as(reader, "{\"filter\": {\"tenant\": \"acme\"}, \"expires\": \"%s\"}".formatted(expires))
                .post("/v1/keys:scope")
                .then()
                .statusCode(200)
                .extract()
                .path("key");
        for (String more : List.of(
                "", ", \"filter\": {\"tenant\": \"bolt\"}", ", \"filter\": {\"$not\": {\"tenant\": \"acme\"}}")) {
            Response found = as(
                            acme,
                            body(
                                    List.of(mine, shared),
                                    "\"query\": \"tea bolt\", \"vector\": [1, 0, 0], \"limit\": 100" + more))
                    .post("/v1/search");
            found.then().statusCode(200).body("items.size()", equalTo(more.isEmpty() ? 2 : 0));
            assertThat(found.asString()).doesNotContain("bolt");
        }
        problem(search(acme, mine, foreign), 404, "collection.not_found");
    }

    @Test
    void neitherTheRootKeyNorNobodyMaySearch() {
        problem(search(ROOT, mine), 403, "access.root_key");
        problem(search("", mine), 401, "access.key_missing");
    }

    @Test
    void whatIsRefusedIsNoted() {
        problem(search(reader, mine, foreign), 404, "collection.not_found");
        String name = "key:" + KeyText.parse(reader).orElseThrow().id();
        String auditor = key("admin", "*");
        await().atMost(PATIENCE).untilAsserted(() -> as(auditor)
                .get("/v1/audit?limit=1000")
                .then()
                .statusCode(200)
                .body(
                        "items.findAll { it.principal == '%s' && it.target == 'searchSeveral' }.action".formatted(name),
                        hasItem("refused: collection.not_found")));
    }

    private static Response search(String credential, String... names) {
        return as(credential, body(List.of(names), "\"query\": \"tea\"")).post("/v1/search");
    }

    private static String body(List<String> names, String members) {
        return "{\"collections\": [\"" + String.join("\", \"", names) + "\"], " + members + "}";
    }
}
