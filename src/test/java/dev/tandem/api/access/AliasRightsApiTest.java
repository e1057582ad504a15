package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.problem;
import static dev.tandem.api.access.Guarded.as;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static dev.tandem.testing.Waiting.PATIENCE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.api.openapi.Description;
import dev.tandem.domain.access.KeyText;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every route takes an alias where it takes a collection, and an alias leads nobody past its rights. */
@QuarkusTest
@TestProfile(Guarded.class)
class AliasRightsApiTest {

    /** Bodies with which a route looks for its collection. Without them it refuses the body first. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            entry("POST /v1/collections/{name}/documents:delete", "{\"filter\": {}}"),
            entry("POST /v1/collections/{name}/documents:update", "{\"filter\": {}, \"patch\": {\"title\": \"New\"}}"),
            entry("POST /v1/collections/{name}/documents:get", "{\"keys\": [\"tea\"]}"),
            entry("POST /v1/collections/{name}/search:batch", "{\"searches\": [{\"query\": \"tea\"}]}"),
            entry("POST /v1/collections/{name}:copy", "{\"name\": \"%s\", \"follow\": false}"),
            entry("POST /v1/collections/{name}:rename", "{\"name\": \"%s\"}"));

    private String prefix = "";
    private String everything = "";

    @BeforeEach
    void name() {
        prefix = freeName();
        everything = key("admin", "*");
    }

    /** What a route answers if the collection is named itself is what it answers if an alias names it. */
    @Thorough
    @Test
    void everyRouteTakesAnAlias() throws IOException {
        for (String route : routes()) {
            String named = made();
            String unknown = freeName();
            assertThat(code(call(route, unknown, everything)))
                    .as("%s looks for its collection", route)
                    .isEqualTo("collection.not_found");
            String expected = outcome(route, call(route, named, everything));
            for (boolean isLimited : List.of(false, true)) {
                String target = made();
                String alias = alias(target);
                // The key's grant does not cover the alias, only the collection.
                String caller = isLimited ? key("admin", target, prefix + "-new*") : everything;
                if (route.equals("DELETE /v1/collections/{name}")) {
                    assertThat(code(call(route, alias, caller))).as(route).isEqualTo("collection.aliased");
                } else {
                    assertThat(outcome(route, call(route, alias, caller)))
                            .as("%s by an alias, limited: %s", route, isLimited)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Grants name collections. One that covers an alias gives nothing, and says nothing about what the alias points to. */
    @Thorough
    @Test
    void noRouteLetsAnAliasLeadPastTheRights() throws IOException {
        String target = made();
        String alias = alias(target);
        String unknown = alias + "-not";
        // One of them covers the alias and another name, the other one nothing here.
        for (String caller : List.of(key("admin", alias + "*", prefix + "-new*"), key("admin", freeName()))) {
            for (String route : routes()) {
                Response answer = call(route, alias, caller);
                Response known = call(route, unknown, caller);
                assertThat(code(answer)).as(route).isIn("collection.not_found", "access.right_missing");
                assertThat(answer.asString().replace(alias, "?").replaceAll("\"requestId\":\"[^\"]*\"", ""))
                        .as("%s answers as for a name that nothing has", route)
                        .isEqualTo(known.asString().replace(unknown, "?").replaceAll("\"requestId\":\"[^\"]*\"", ""));
            }
        }
        as(everything).get(documents(target) + "/tea").then().statusCode(200).body("version", equalTo(1));
    }

    @Test
    void theRightOnTheCollectionCountsAndNotAnyRight() {
        String target = made();
        String alias = alias(target);
        String reader = key("read", target);
        as(reader).get(documents(alias) + "/tea").then().statusCode(200);
        problem(as(reader).delete(documents(alias) + "/tea"), 403, "access.right_missing");
        // More on the alias than on its collection.
        String mixed = as(
                        Guarded.ROOT,
                        "{\"name\": \"m\", \"grants\": [{\"collections\": \"%s\", \"right\": \"admin\"}, {\"collections\": \"%s\", \"right\": \"read\"}]}"
                                .formatted(alias, target))
                .post("/v1/keys")
                .path("key");
        as(mixed).get(documents(alias) + "/tea").then().statusCode(200);
        problem(as(mixed).delete(documents(alias) + "/tea"), 403, "access.right_missing");
    }

    @Test
    void aSwitchTakesTheRightsAlong() {
        String mine = made();
        String foreign = made();
        String alias = alias(mine);
        String reader = key("read", mine);
        as(reader).get(documents(alias) + "/tea").then().statusCode(200);
        as(everything, "{\"collection\": \"%s\"}".formatted(foreign))
                .put("/v1/aliases/" + alias)
                .then()
                .statusCode(200);
        problem(as(reader).get(documents(alias) + "/tea"), 404, "collection.not_found");
        problem(as(reader).get("/v1/aliases/" + alias), 404, "alias.not_found");
    }

    @Test
    void aScopedKeySeesItsDocumentsByAnAliasToo() {
        String target = made();
        String alias = alias(target);
        as(everything, "{\"title\": \"Mine\", \"metadata\": {\"tenant\": \"a\"}}")
                .put(documents(target) + "/mine")
                .then()
                .statusCode(201);
        String scoped = as(
                        key("read", target),
                        "{\"filter\": {\"tenant\": \"a\"}, \"expires\": \"%s\"}"
                                .formatted(Instant.now().plus(Duration.ofHours(1))))
                .post("/v1/keys:scope")
                .path("key");
        as(scoped).get(documents(alias)).then().statusCode(200).body("items.key", contains("mine"));
        as(scoped).get(documents(alias) + "/mine").then().statusCode(200);
        problem(as(scoped).get(documents(alias) + "/tea"), 404, "document.not_found");
        problem(as(scoped).get("/v1/collections/" + alias + "/stats"), 403, "access.scoped_key");
    }

    @Test
    void whoMakesAnAliasAdministersItsNameAndItsCollection() {
        String target = made();
        String alias = prefix + "-current";
        String body = "{\"collection\": \"%s\"}".formatted(target);
        problem(as(key("admin", target), body).put("/v1/aliases/" + alias), 403, "access.right_missing");
        problem(as(key("admin", alias), body).put("/v1/aliases/" + alias), 404, "collection.not_found");
        problem(as(key("write", alias, target), body).put("/v1/aliases/" + alias), 403, "access.right_missing");
        String maker = key("admin", alias, target);
        as(maker, body).put("/v1/aliases/" + alias).then().statusCode(201);
        // Another alias does not help to point somewhere.
        problem(
                as(key("admin", prefix + "-other"), "{\"collection\": \"%s\"}".formatted(alias))
                        .put("/v1/aliases/" + prefix + "-other"),
                404,
                "collection.not_found");
        problem(as(key("admin", target)).delete("/v1/aliases/" + alias), 403, "access.right_missing");
        as(key("read", target)).get("/v1/aliases").then().body("items.name", contains(alias));
        as(key("read", alias)).get("/v1/aliases").then().body("items", empty());
        as(maker).delete("/v1/aliases/" + alias).then().statusCode(204);
    }

    @Test
    void whoCopiesReadsTheCollectionAndAdministersTheName() {
        String target = made();
        String successor = prefix + "-next";
        String body = "{\"name\": \"%s\", \"follow\": false}".formatted(successor);
        String address = "/v1/collections/" + target + ":copy";
        problem(as(key("admin", target), body).post(address), 403, "access.right_missing");
        problem(as(key("admin", successor), body).post(address), 404, "collection.not_found");
        problem(as(key("write", target, successor), body).post(address), 403, "access.right_missing");
        String mixed = as(
                        Guarded.ROOT,
                        "{\"name\": \"m\", \"grants\": [{\"collections\": \"%s\", \"right\": \"read\"}, {\"collections\": \"%s\", \"right\": \"admin\"}]}"
                                .formatted(target, successor))
                .post("/v1/keys")
                .path("key");
        String job =
                as(mixed, body).post(address).then().statusCode(202).extract().path("id");
        as(key("read", successor)).get("/v1/jobs/" + job).then().statusCode(200);
        problem(as(key("admin", target)).get("/v1/jobs/" + job), 404, "job.not_found");
    }

    /** A refusal by an alias is noted as one by the collection's own name is: once, with the operation, and without a word of what the alias points to. */
    @Test
    void theAuditRemembersWhatAliasesAreRefused() {
        String target = made();
        String alias = alias(target);
        String address = documents(alias) + "/tea";
        String reader = key("read", target);
        problem(as(reader).delete(address), 403, "access.right_missing");
        problem(as(reader).delete(address), 403, "access.right_missing");
        as(reader).get(address).then().statusCode(200);
        problem(as(reader, "{}").post("/v1/collections/" + alias + ":rebuild"), 403, "access.right_missing");
        String stranger = key("admin", alias + "*");
        problem(as(stranger).get(address), 404, "collection.not_found");
        problem(as(stranger).get(documents(alias + "-not") + "/tea"), 404, "collection.not_found");
        assertRefused(
                reader,
                "deleteDocument access.right_missing",
                "deleteDocument access.right_missing",
                "rebuildCollection access.right_missing");
        assertRefused(stranger, "getDocument collection.not_found");
    }

    /** The names that a request is to make or to take count, and so does what an alias is to point to, which is known only in the transaction. */
    @Test
    void theAuditRemembersWhoMayNotGiveNames() {
        String target = made();
        String alias = alias(target);
        String pointed = "{\"collection\": \"%s\"}".formatted(target);
        String named =
                "{\"name\": \"%s\", \"embedding\": {\"model\": \"none\", \"dimensions\": 3}}".formatted(freeName());
        String owner = key("admin", target);
        problem(as(owner, pointed).put("/v1/aliases/" + alias), 403, "access.right_missing");
        problem(as(owner).delete("/v1/aliases/" + alias), 403, "access.right_missing");
        problem(as(owner, named).post("/v1/collections"), 403, "access.right_missing");
        problem(as(owner, named).post("/v1/collections/" + alias + ":copy"), 403, "access.right_missing");
        problem(
                as(owner, "{\"name\": \"%s\"}".formatted(freeName())).post("/v1/collections/" + target + ":rename"),
                403,
                "access.right_missing");
        String namer = key("admin", alias);
        problem(as(namer, pointed).put("/v1/aliases/" + alias), 404, "collection.not_found");
        String job = as(everything, "{}")
                .post("/v1/collections/" + target + ":rebuild")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String reader = key("read", target);
        problem(as(reader).post("/v1/jobs/" + job + ":cancel"), 403, "access.right_missing");
        assertRefused(
                owner,
                "copyCollection access.right_missing",
                "createCollection access.right_missing",
                "deleteAlias access.right_missing",
                "putAlias access.right_missing",
                "renameCollection access.right_missing");
        assertRefused(namer, "putAlias collection.not_found");
        assertRefused(reader, "cancelJob access.right_missing");
    }

    /** What the audit says that a key was refused, each as often as it was. */
    private void assertRefused(String key, String... expected) {
        String principal = "key:" + KeyText.parse(key).orElseThrow().id();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Map<String, Object>> entries = as(everything)
                    .get("/v1/audit?limit=1000")
                    .jsonPath()
                    .getList(
                            "items.findAll { it.principal == '" + principal + "' && it.action.startsWith('refused') }");
            assertThat(entries.stream()
                            .flatMap(entry -> Collections.nCopies(
                                    (int) entry.get("times"),
                                    entry.get("target") + " "
                                            + String.valueOf(entry.get("action"))
                                                    .replace("refused: ", ""))
                                    .stream()))
                    .containsExactlyInAnyOrder(expected);
        });
    }

    @Test
    void aKeyNamesTheFormerNameAfterARename() {
        String target = made();
        String renamed = prefix + "-renamed";
        String exact = key("admin", target);
        problem(
                as(exact, "{\"name\": \"%s\"}".formatted(renamed)).post("/v1/collections/" + target + ":rename"),
                403,
                "access.right_missing");
        as(everything, "{\"name\": \"%s\"}".formatted(renamed))
                .post("/v1/collections/" + target + ":rename")
                .then()
                .statusCode(200);
        problem(as(exact).get("/v1/collections/" + renamed), 404, "collection.not_found");
        as(key("read", prefix + "*")).get("/v1/collections/" + renamed).then().statusCode(200);
    }

    private static List<String> routes() throws IOException {
        List<String> routes = Description.read().operations().keySet().stream()
                .filter(route -> route.contains("{name}"))
                .toList();
        assertThat(routes).hasSizeGreaterThan(25);
        return routes;
    }

    private String made() {
        String name = prefix + "-" + freeName();
        collection(everything, name);
        as(everything, "{\"title\": \"Tea\"}")
                .put(documents(name) + "/tea")
                .then()
                .statusCode(201);
        return name;
    }

    private String alias(String target) {
        String alias = freeName();
        as(everything, "{\"collection\": \"%s\"}".formatted(target))
                .put("/v1/aliases/" + alias)
                .then()
                .statusCode(201);
        return alias;
    }

    private Response call(String route, String name, String caller) {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("{name}", name)
                .replace("{key}", "tea")
                .replace("{version}", "1");
        assertThat(path).as("a path without parameters").doesNotContain("{");
        String body = BODIES.getOrDefault(route, "{}").formatted(prefix + "-new" + freeName());
        return method.equals("GET") || method.equals("DELETE")
                ? as(caller).request(method, path)
                : as(caller, body).request(method, path);
    }

    private static String outcome(String route, Response answer) {
        assertThat(answer.statusCode()).as("%s: %s", route, answer.asString()).isLessThan(500);
        return answer.statusCode() + " " + code(answer);
    }

    private static String code(Response answer) {
        return answer.contentType().startsWith("application/problem+json") ? answer.path("code") : "";
    }
}
