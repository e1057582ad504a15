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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tandem.domain.access.KeyText;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys: who may make them, what they allow, and how they end. */
@QuarkusTest
@TestProfile(Guarded.class)
class KeyApiTest {

    private static final String ANY_KEY = "/v1/keys";

    @Test
    void nobodyIsLetInWithoutAKey() {
        problem(as("").get("/v1/collections"), 401, "access.key_missing")
                .header("WWW-Authenticate", "Bearer realm=\"tandem\"");
        problem(as("").get("/v1/nothing/here"), 401, "access.key_missing");
        problem(as("").get("/%76%31/collections"), 401, "access.key_missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "tdm_",
                "tdm_5tBq0Xg3LmZa_4fHJ8sQmVnT1bC6dKxYzR0wE2uI3oP5aL7gN9kSqDhW_0000",
                "tds_5tBq0Xg3LmZa.e30.AAAA",
                "tds_5tBq0Xg3LmZa.eyJhIjoxfQ.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "a-root-key-of-tests-0123456789abcdeg",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ"
            })
    void whatIsNoKeyIsRefused(String credential) {
        problem(as(credential).get("/v1/collections"), 401, "access.key_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer a b", "tdm_x"})
    void otherSchemesAreRefused(String authorization) {
        problem(as("").header("Authorization", authorization).get("/v1/collections"), 401, "access.key_invalid");
    }

    @Test
    void twoAuthorizationsAreRefused() {
        String key = key("read", "*");
        problem(as(key).header("Authorization", "Bearer " + key).get("/v1/collections"), 401, "access.key_invalid");
    }

    @Test
    void aWrongSecretIsRefused() {
        KeyText real = KeyText.parse(key("read", "*")).orElseThrow();
        String forged = new KeyText(
                        real.id(), KeyText.parse(key("read", "*")).orElseThrow().secret())
                .text();
        problem(as(forged).get("/v1/collections"), 401, "access.key_invalid");
    }

    @Test
    void theRootKeyMakesKeysAndDoesNothingElse() {
        problem(as(ROOT).get("/v1/collections"), 403, "access.root_key");
        problem(as(ROOT, "{}").put(documents("any") + "/a"), 403, "access.root_key");
        problem(as(ROOT, "").post(documents("any") + ":import"), 403, "access.root_key");
        as(ROOT).get(ANY_KEY).then().statusCode(200);
    }

    @Test
    void aKeyIsShownOnce() {
        Response made = as(ROOT, """
                        {"name": "The web shop", "grants": [{"collections": "products", "right": "read"},
                         {"collections": "orders-*", "right": "write"}], "expiresAt": "2999-01-01T00:00:00Z"}
                        """).header("Idempotency-Key", "once").post(ANY_KEY);
        made.then()
                .statusCode(201)
                .body("key", startsWith("tdm_"))
                .body("createdBy", equalTo("root"))
                .body("grants.collections", equalTo(List.of("products", "orders-*")))
                .body("grants.right", equalTo(List.of("read", "write")));
        String id = made.path("id");
        assertThat(made.header("Location")).endsWith("/v1/keys/" + id);
        as(ROOT).get(ANY_KEY + "/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("The web shop"))
                .body("key", nullValue())
                .body("expiresAt", equalTo("2999-01-01T00:00:00Z"))
                .body("lastUsedAt", nullValue());
    }

    @Test
    void rightsIncludeThoseBefore() {
        String name = freeName();
        String admin = key("admin", name);
        String writer = key("write", name);
        String reader = key("read", name);
        collection(admin, name);
        as(writer, "{\"title\": \"Tea\"}").put(documents(name) + "/tea").then().statusCode(201);
        for (String key : List.of(admin, writer, reader)) {
            as(key).get(documents(name) + "/tea").then().statusCode(200).body("title", equalTo("Tea"));
        }
        problem(as(reader, "{}").put(documents(name) + "/tea"), 403, "access.right_missing");
        problem(as(reader).delete(documents(name) + "/tea"), 403, "access.right_missing");
        problem(as(reader, "{}\n").post(documents(name) + ":import"), 403, "access.right_missing");
        problem(as(writer).delete("/v1/collections/" + name), 403, "access.right_missing");
        problem(as(writer).post("/v1/collections/" + name + ":rebuild"), 403, "access.right_missing");
        as(admin).delete("/v1/collections/" + name).then().statusCode(204);
    }

    @Test
    void aForeignCollectionDoesNotExist() {
        String name = freeName();
        collection(key("admin", name), name);
        String foreign = key("admin", freeName() + "*");
        problem(as(foreign).get("/v1/collections/" + name), 404, "collection.not_found");
        problem(as(foreign).delete("/v1/collections/" + name), 404, "collection.not_found");
        problem(as(foreign, "{}").put(documents(name) + "/a"), 404, "collection.not_found");
        problem(as(foreign, "{}\n").post(documents(name) + ":import"), 404, "collection.not_found");
        problem(as(foreign, "{\"name\": \"" + name + "\"}").post("/v1/collections"), 403, "access.right_missing");
        as(foreign).get("/v1/collections").then().statusCode(200).body("items", empty());
        as(key("read", name)).get("/v1/collections").then().body("items.name", equalTo(List.of(name)));
    }

    @Test
    void jobsAndParkedDocumentsOfOthersAreNotThere() {
        String name = freeName();
        String admin = key("admin", name);
        collection(admin, name);
        String job = as(admin)
                .post("/v1/collections/" + name + ":rebuild")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String foreign = key("admin", freeName());
        as(foreign).get("/v1/jobs").then().statusCode(200).body("items", empty());
        problem(as(foreign).get("/v1/jobs/" + job), 404, "job.not_found");
        problem(as(foreign).post("/v1/jobs/" + job + ":cancel"), 404, "job.not_found");
        problem(as(foreign).get("/v1/jobs/" + job + "/errors"), 404, "job.not_found");
        problem(as(foreign).get("/v1/jobs/" + job + "/events"), 404, "job.not_found");
        as(foreign).get("/v1/parked").then().statusCode(200).body("items", empty());
        as(foreign).post("/v1/parked:retry").then().statusCode(200).body("retried", equalTo(0));
        String reader = key("read", name.substring(0, name.length() - 3) + "*");
        as(reader).get("/v1/jobs").then().statusCode(200).body("items.id", hasItem(job));
        as(reader).get("/v1/jobs/" + job).then().statusCode(200);
        problem(as(reader).post("/v1/jobs/" + job + ":cancel"), 403, "access.right_missing");
    }

    @Test
    void nobodyMakesAKeyThatAllowsMore() {
        String team = freeName();
        String admin = key("admin", team + "*");
        String asked = "{\"name\": \"x\", \"grants\": [{\"collections\": \"%s\", \"right\": \"%s\"}]}";
        for (String collections : List.of(team + "*", team, team + "-a", team + "-a*")) {
            as(admin, asked.formatted(collections, "admin"))
                    .post(ANY_KEY)
                    .then()
                    .statusCode(201);
        }
        for (String collections : List.of("*", team.substring(0, team.length() - 1) + "*", "other")) {
            problem(as(admin, asked.formatted(collections, "read")).post(ANY_KEY), 403, "key.exceeds_grants");
        }
        problem(as(key("write", "*"), asked.formatted("a", "read")).post(ANY_KEY), 403, "access.right_missing");
        String stranger = KeyText.parse(key("read", "*")).orElseThrow().id();
        problem(as(admin).get(ANY_KEY + "/" + stranger), 404, "key.not_found");
        problem(as(admin).delete(ANY_KEY + "/" + stranger), 404, "key.not_found");
        problem(as(admin).post(ANY_KEY + "/" + stranger + ":rotate"), 404, "key.not_found");
        as(admin)
                .get(ANY_KEY + "?limit=1000")
                .then()
                .statusCode(200)
                .body("items.grants.collections.flatten()", everyItem(startsWith(team)))
                .body("items.id", not(hasItem(stranger)));
    }

    @Test
    void listsKeysInPages() {
        String team = freeName();
        String admin = key("admin", team);
        List<String> made = List.of(key("read", team), key("read", team), key("read", team)).stream()
                .map(text -> KeyText.parse(text).orElseThrow().id())
                .toList();
        Response first = as(admin).get(ANY_KEY + "?limit=2");
        List<String> ids = new java.util.ArrayList<>(first.path("items.id"));
        Response second = as(admin).get(ANY_KEY + "?limit=2&cursor=" + first.path("nextCursor"));
        second.then().statusCode(200).body("nextCursor", nullValue());
        ids.addAll(second.path("items.id"));
        assertThat(ids).hasSize(4).containsAll(made).doesNotHaveDuplicates();
    }

    @Test
    void refusesBadDrafts() {
        problem(as(ROOT, "{\"name\": \"x\"}").post(ANY_KEY), 422, "/grants", "key.grants");
        problem(as(ROOT, "{\"name\": \" \", \"grants\": [{}]}").post(ANY_KEY), 422, "/name", "key.name");
        String grant = "{\"name\": \"x\", \"grants\": [{\"collections\": \"%s\", \"right\": \"%s\"}]}";
        for (String collections : List.of("", "A", "a*b", "**", "-a", "a ")) {
            problem(
                    as(ROOT, grant.formatted(collections, "read")).post(ANY_KEY),
                    422,
                    "/grants/0/collections",
                    "key.grant.collections");
        }
        problem(as(ROOT, grant.formatted("a", "own")).post(ANY_KEY), 422, "/grants/0/right", "choice.unknown");
        for (String time : List.of("2001-01-01T00:00:00Z", "tomorrow")) {
            problem(
                    as(
                                    ROOT,
                                    "{\"name\": \"x\", \"grants\": [{\"collections\": \"a\", \"right\": \"read\"}], \"expiresAt\": \""
                                            + time + "\"}")
                            .post(ANY_KEY),
                    422,
                    "/expiresAt",
                    "key.expires_at");
        }
    }

    @Test
    void aKeyEndsWithItsTime() {
        String key = as(ROOT, """
                        {"name": "short", "grants": [{"collections": "*", "right": "read"}], "expiresAt": "%s"}
                        """.formatted(Instant.now().plus(Duration.ofSeconds(2))))
                .post(ANY_KEY)
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        await().atMost(PATIENCE).until(() -> as(key).get("/v1/info").statusCode() == 401);
    }

    @Test
    void aRevokedKeyIsRefused() {
        String key = key("read", "*");
        as(key).get("/v1/collections").then().statusCode(200);
        String id = KeyText.parse(key).orElseThrow().id();
        as(ROOT).delete(ANY_KEY + "/" + id).then().statusCode(204);
        problem(as(key).get("/v1/collections"), 401, "access.key_invalid");
        problem(as(ROOT).get(ANY_KEY + "/" + id), 404, "key.not_found");
        problem(as(ROOT).delete(ANY_KEY + "/" + id), 404, "key.not_found");
    }

    @Test
    void aRotatedKeyHasTwoSecretsForAWhile() {
        String former = key("read", "*");
        String id = KeyText.parse(former).orElseThrow().id();
        String present = as(ROOT, "{\"overlap\": \"PT1H\"}")
                .post(ANY_KEY + "/" + id + ":rotate")
                .then()
                .statusCode(200)
                .body("formerSecretUntil", notNullValue())
                .extract()
                .path("key");
        assertThat(KeyText.parse(present).orElseThrow().id()).isEqualTo(id);
        as(former).get("/v1/info").then().statusCode(200);
        as(present).get("/v1/info").then().statusCode(200);
        String last = as(ROOT).post(ANY_KEY + "/" + id + ":rotate")
                .then()
                .statusCode(200)
                .extract()
                .path("key");
        problem(as(former).get("/v1/info"), 401, "access.key_invalid");
        problem(as(present).get("/v1/info"), 401, "access.key_invalid");
        as(last).get("/v1/info").then().statusCode(200);
        for (String overlap : List.of("-PT1S", "P31D", "an hour")) {
            problem(
                    as(ROOT, "{\"overlap\": \"" + overlap + "\"}").post(ANY_KEY + "/" + id + ":rotate"),
                    422,
                    "/overlap",
                    "key.overlap");
        }
    }

    @Test
    void notesWhenAKeyWasUsed() {
        String key = key("read", "*");
        as(key).get("/v1/info").then().statusCode(200);
        String id = KeyText.parse(key).orElseThrow().id();
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(ROOT).get(ANY_KEY + "/" + id).then().body("lastUsedAt", notNullValue()));
    }

    @Test
    void theAuditRemembers() {
        String name = freeName();
        String admin = key("admin", "*");
        String id = KeyText.parse(admin).orElseThrow().id();
        collection(admin, name);
        as(admin).delete("/v1/collections/" + name).then().statusCode(204);
        String reader = key("read", "*");
        problem(as(reader).get("/v1/audit"), 403, "access.right_missing");
        problem(as("").get("/v1/audit"), 401, "access.key_missing");
        await().atMost(PATIENCE).untilAsserted(() -> as(admin)
                .get("/v1/audit?limit=1000")
                .then()
                .statusCode(200)
                .body("items.findAll { it.target == '" + id + "' }.action", hasItem("key made"))
                .body(
                        "items.findAll { it.principal == 'key:" + id + "' }.action",
                        hasItems("done: createCollection", "done: deleteCollection"))
                .body("items.action", hasItems("refused: access.right_missing", "refused: access.key_missing")));
    }

    @Test
    void thePrincipalIsTheAuthor() {
        String name = freeName();
        String admin = key("admin", name);
        collection(admin, name);
        String author = "key:" + KeyText.parse(admin).orElseThrow().id();
        as(admin, "{\"title\": \"One\"}").put(documents(name) + "/a").then().statusCode(201);
        as(admin, "{\"title\": \"Two\"}")
                .header("Tandem-Author", "ada@example.org")
                .put(documents(name) + "/a")
                .then()
                .statusCode(200);
        as(admin)
                .get(documents(name) + "/a/revisions")
                .then()
                .statusCode(200)
                .body("items.author", equalTo(List.of(author, author)))
                .body("items[0].onBehalfOf", equalTo("ada@example.org"))
                .body("items[1].onBehalfOf", nullValue());
    }

    @Test
    void callersHaveTheirOwnIdempotencyKeys() {
        String name = freeName();
        String one = key("admin", name);
        String other = key("admin", name);
        collection(one, name);
        String body = "{\"key\": \"a\", \"title\": \"A\"}";
        as(one, body)
                .header("Idempotency-Key", "same")
                .post(documents(name))
                .then()
                .statusCode(201);
        as(one, body)
                .header("Idempotency-Key", "same")
                .post(documents(name))
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true");
        problem(as(other, body).header("Idempotency-Key", "same").post(documents(name)), 409, "document.key.taken");
    }
}
