package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.problem;
import static dev.tandem.api.access.Guarded.RERANKER;
import static dev.tandem.api.access.Guarded.ROOT;
import static dev.tandem.api.access.Guarded.as;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.domain.access.KeyText;
import dev.tandem.testing.ScriptedReranker;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys for the tenants of an application: each sees its own documents, and a miss is as if there were nothing. */
@QuarkusTest
@TestProfile(Guarded.class)
class ScopedKeyApiTest {

    private static final String IN_AN_HOUR =
            Instant.now().plus(Duration.ofHours(1)).toString();

    @Inject
    Vertx vertx;

    private String name;
    private String admin;
    private String reader;

    @BeforeEach
    void twoTenants() {
        name = freeName();
        admin = key("admin", name);
        reader = key("read", name);
        collection(admin, name);
        for (String tenant : List.of("acme", "bolt")) {
            for (int i = 0; i < 3; i++) {
                as(admin, """
                                {"title": "Tea of %1$s", "content": "marker-%1$s", "vector": [1, %2$d, 0], "metadata": {"tenant": "%1$s"}}
                                """.formatted(tenant, i))
                        .header("Prefer", "wait=60")
                        .put(documents(name) + "/" + tenant + "-" + i)
                        .then()
                        .statusCode(201);
            }
        }
    }

    /** As any client can make it, from the description in the docs, with what every language has. */
    private static String offline(String parent, String terms) {
        try {
            KeyText key = KeyText.parse(parent).orElseThrow();
            byte[] secret =
                    MessageDigest.getInstance("SHA-256").digest(key.secret().getBytes(StandardCharsets.US_ASCII));
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            String start = "tds_" + key.id() + "." + base64.encodeToString(terms.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return start + "." + base64.encodeToString(mac.doFinal(start.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String terms(String tenant) {
        return "{\"filter\": {\"tenant\": \"%s\"}, \"expires\": \"%s\"}".formatted(tenant, IN_AN_HOUR);
    }

    private String acme() {
        return offline(reader, terms("acme"));
    }

    @Test
    void listsCountsAndExportsItsOwn() {
        for (Response list : List.of(
                as(acme()).get(documents(name) + "?count=exact"),
                as(acme()).get(documents(name) + "?count=exact&sort=-key&include=vector"),
                as(acme(), "{\"count\": \"exact\", \"filter\": {\"$not\": {\"tenant\": \"acme\"}}}")
                        .post(documents(name) + ":query"),
                as(acme(), "{\"count\": \"exact\", \"filter\": {\"$or\": [{}, {\"tenant\": \"bolt\"}]}}")
                        .post(documents(name) + ":query"))) {
            list.then().statusCode(200);
            assertThat(list.asString()).doesNotContain("bolt-", "marker-bolt");
        }
        as(acme()).get(documents(name) + "?count=exact").then().body("count", equalTo(3));
        as(acme(), "{\"count\": \"exact\", \"filter\": {\"tenant\": \"bolt\"}}")
                .post(documents(name) + ":query")
                .then()
                .body("count", equalTo(0));
        String export = as(acme())
                .get(documents(name) + ":export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(export).contains("marker-acme").doesNotContain("bolt");
        assertThat(export.lines()).hasSize(3);
    }

    /** The condition of the scope is about the facet's own field, and stays. */
    @Test
    void countsValuesOfItsOwn() {
        String facets = "\"facets\": {\"tenant\": {\"top\": 10, \"withoutOwn\": true}, \"$key\": {\"top\": 10}}";
        for (Response counted : List.of(
                as(acme(), "{\"filter\": {\"tenant\": \"bolt\"}, " + facets + "}")
                        .post(documents(name) + ":facets"),
                as(acme(), "{" + facets + "}").post(documents(name) + ":facets"),
                as(acme(), "{\"query\": \"tea\", \"mode\": \"keyword\", \"include\": [], " + facets + "}")
                        .post("/v1/collections/" + name + "/search"),
                as(acme(), "{\"vector\": [1, 1, 0], \"include\": [], " + facets + "}")
                        .post("/v1/collections/" + name + "/search"))) {
            counted.then()
                    .statusCode(200)
                    .body("facets.tenant.values.value", equalTo(List.of("acme")))
                    .body("facets.tenant.values.count", equalTo(List.of(3)));
            assertThat(counted.asString()).doesNotContain("bolt");
        }
    }

    @Test
    void readsItsOwn() {
        as(acme()).get(documents(name) + "/acme-1").then().statusCode(200).body("key", equalTo("acme-1"));
        problem(as(acme()).get(documents(name) + "/bolt-1"), 404, "document.not_found");
        problem(as(acme()).get(documents(name) + "/bolt-1?include=vector"), 404, "document.not_found");
        for (String include : List.of("", ", \"include\": [\"vector\"]")) {
            as(acme(), "{\"keys\": [\"acme-1\", \"bolt-1\", \"nobody\"]" + include + "}")
                    .post(documents(name) + ":get")
                    .then()
                    .statusCode(200)
                    .body("items.key", equalTo(List.of("acme-1")))
                    .body("missing", equalTo(List.of("bolt-1", "nobody")));
        }
    }

    @Test
    void findsItsOwn() {
        for (String search : List.of(
                "{\"query\": \"tea\", \"limit\": 100}",
                "{\"query\": \"marker-bolt tea bolt\", \"limit\": 100, \"include\": [\"document\", \"chunk\", \"highlights\"]}",
                "{\"query\": \"botl\", \"limit\": 100, \"explain\": true}",
                "{\"vector\": [1, 1, 0], \"limit\": 100, \"include\": [\"document\", \"vector\"]}",
                "{\"vector\": [1, 1, 0], \"limit\": 1, \"filter\": {\"tenant\": \"bolt\"}}",
                "{\"query\": \"tea\", \"vector\": [1, 1, 0], \"mode\": \"hybrid\", \"limit\": 100}")) {
            Response found = as(acme(), search).post("/v1/collections/" + name + "/search");
            found.then().statusCode(200);
            assertThat(found.asString()).doesNotContain("bolt-", "marker-bolt", "of bolt");
        }
        as(acme(), "{\"query\": \"tea\", \"limit\": 100}")
                .post("/v1/collections/" + name + "/search")
                .then()
                .body("items.size()", equalTo(3));
    }

    /** How near its own documents are to one of another would say what is in that one. */
    @Test
    void onlyItsOwnAreExamples() {
        String like = "{\"like\": [{\"key\": \"%s\"}], \"limit\": 100}";
        String search = "/v1/collections/" + name + "/search";
        as(acme(), like.formatted("acme-1")).post(search).then().statusCode(200).body("items.size()", equalTo(2));
        Response refused = as(acme(), like.formatted("bolt-1")).post(search);
        problem(refused, 422, "/like/0/key", "search.like.unknown");
        assertThat(refused.asString().replace("bolt-1", "")).doesNotContain("bolt");
        as(admin, like.formatted("bolt-1")).post(search).then().statusCode(200).body("items.size()", equalTo(5));
    }

    /** Neither its pages nor its total tell of others, and nobody goes on where another one was. */
    @Test
    void turnsThePagesOfItsOwn() {
        String search = "{\"query\": \"tea\", \"mode\": \"keyword\", \"limit\": 2, \"pages\": true, \"total\": true%s}";
        String path = "/v1/collections/" + name + "/search";
        Response first = as(acme(), search.formatted("")).post(path);
        first.then().statusCode(200).body("items.size()", equalTo(2)).body("total.value", equalTo(3));
        String further = search.formatted(", \"cursor\": \"" + first.path("nextCursor") + "\"");
        problem(as(offline(reader, terms("bolt")), further).post(path), 400, "cursor.foreign");
        problem(as(reader, further).post(path), 400, "cursor.foreign");
        Response second = as(acme(), further).post(path);
        second.then().statusCode(200).body("items.size()", equalTo(1)).body("nextCursor", nullValue());
        assertThat(first.asString() + second.asString()).doesNotContain("bolt");
    }

    /** An application makes a key for each page that it serves. */
    @Test
    void aRenewedKeyTurnsThePagesOfTheOneBefore() {
        String later = Instant.now().plus(Duration.ofHours(2)).toString();
        String renewed = offline(reader, terms("acme").replace(IN_AN_HOUR, later));
        String search = "{\"query\": \"tea\", \"mode\": \"keyword\", \"limit\": 2, \"pages\": true%s}";
        String path = "/v1/collections/" + name + "/search";
        String hits = as(acme(), search.formatted("")).post(path).path("nextCursor");
        String further = search.formatted(", \"cursor\": \"" + hits + "\"");
        as(renewed, further).post(path).then().statusCode(200).body("items.size()", equalTo(1));
        String list = documents(name) + "?limit=2";
        String documents = as(acme()).get(list).path("nextCursor");
        as(renewed)
                .get(list + "&cursor=" + documents)
                .then()
                .statusCode(200)
                .body("items.key", equalTo(List.of("acme-2")));
        String other = offline(reader, terms("bolt").replace(IN_AN_HOUR, later));
        String strangers = offline(key("read", name), terms("acme"));
        for (String foreign : List.of(other, strangers)) {
            problem(as(foreign, further).post(path), 400, "cursor.foreign");
            problem(as(foreign).get(list + "&cursor=" + documents), 400, "cursor.foreign");
        }
    }

    /** What others have does not leave the house for it. */
    @Test
    void letsItsOwnBeReranked() {
        try (ScriptedReranker server = new ScriptedReranker(vertx)) {
            server.listen(ConfigProvider.getConfig()
                    .getValue("tandem.rerank.servers." + RERANKER + ".url", URI.class)
                    .getPort());
            as(
                            acme(),
                            "{\"query\": \"tea\", \"limit\": 100, \"rerank\": {\"model\": \"" + RERANKER
                                    + "\", \"top\": 200}}")
                    .post("/v1/collections/" + name + "/search")
                    .then()
                    .statusCode(200)
                    .body("items.size()", equalTo(3))
                    .body("items.rerankScore", everyItem(equalTo(0f)));
            assertThat(server.texts()).hasSize(3).allMatch(text -> text.equals("Tea of acme\nmarker-acme"));
        }
    }

    @Test
    void doesNothingElse() {
        problem(as(acme(), "{}").put(documents(name) + "/acme-1"), 403, "access.right_missing");
        problem(as(acme()).get(documents(name) + "/acme-1/revisions"), 403, "access.scoped_key");
        problem(as(acme()).get("/v1/collections/" + name), 403, "access.scoped_key");
        problem(as(acme()).get("/v1/collections/" + name + "/stats"), 403, "access.scoped_key");
        problem(as(acme()).get("/v1/jobs"), 403, "access.scoped_key");
        problem(as(acme()).get("/v1/keys"), 403, "access.right_missing");
        problem(as(acme(), "{\"filter\": {}}").post("/v1/keys:scope"), 403, "access.scoped_key");
        problem(as(acme()).get("/v1/collections/other/documents"), 404, "collection.not_found");
    }

    @Test
    void theServiceMakesTheSameKeys() {
        String made = as(reader, terms("bolt"))
                .post("/v1/keys:scope")
                .then()
                .statusCode(200)
                .extract()
                .path("key");
        as(made).get(documents(name) + "?count=exact").then().statusCode(200).body("count", equalTo(3));
        problem(as(made).get(documents(name) + "/acme-1"), 404, "document.not_found");
        problem(as(admin, terms("bolt")).post("/v1/keys:scope"), 422, "", "key.scope.parent");
        problem(
                as(reader, terms("bolt").replace("\"bolt\"", "\"bolt\", \"$bad\": 1"))
                        .post("/v1/keys:scope"),
                400,
                "request.malformed");
        problem(
                as(reader, "{\"filter\": {}, \"expires\": \"" + IN_AN_HOUR + "\"}")
                        .post("/v1/keys:scope"),
                422,
                "/filter",
                "key.scope.filter");
        problem(as(reader, "{\"filter\": {\"a\": 1}}").post("/v1/keys:scope"), 422, "/expires", "key.expires_at");
    }

    @Test
    void whatWasNotSignedIsRefused() {
        String signed = acme();
        String[] parts = signed.split("\\.", -1);
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(terms("bolt").getBytes(StandardCharsets.UTF_8));
        String strangers = offline(key("read", name), terms("bolt")).split("\\.", -1)[2];
        for (String bad : List.of(
                parts[0] + "." + forged + "." + parts[2],
                parts[0] + "." + parts[1] + "." + strangers,
                parts[0] + "." + parts[1] + ".",
                offline(reader, "{}"),
                offline(reader, "not json"),
                offline(reader, "{\"filter\": {}, \"expires\": \"" + IN_AN_HOUR + "\"}"),
                offline(reader, "{\"filter\": {\"tenant\": \"acme\"}}"),
                offline(reader, "{\"filter\": {\"tenant\": \"acme\"}, \"expires\": \"2001-01-01T00:00:00Z\"}"),
                offline(reader, terms("acme").replace("filter\"", "filter\": {}, \"more\"")),
                offline(admin, terms("acme")))) {
            problem(as(bad).get(documents(name)), 401, "access.key_invalid");
        }
    }

    @Test
    void endsWithItsParent() {
        String scoped = acme();
        as(scoped).get(documents(name)).then().statusCode(200);
        String id = KeyText.parse(reader).orElseThrow().id();
        as(ROOT, "{\"overlap\": \"PT1H\"}")
                .post("/v1/keys/" + id + ":rotate")
                .then()
                .statusCode(200);
        as(scoped).get(documents(name)).then().statusCode(200);
        as(ROOT).delete("/v1/keys/" + id).then().statusCode(204);
        problem(as(scoped).get(documents(name)), 401, "access.key_invalid");
    }

    @Test
    void endsWithItsTime() {
        String soon = Instant.now().plus(Duration.ofSeconds(2)).toString();
        String scoped = offline(reader, "{\"filter\": {\"tenant\": \"acme\"}, \"expires\": \"%s\"}".formatted(soon));
        await().atMost(PATIENCE).until(() -> as(scoped).get(documents(name)).statusCode() == 401);
    }

    @Test
    void aDocumentThatChangesItsTenantIsGone() {
        as(admin, "{\"title\": \"Moved\", \"vector\": [1, 1, 0], \"metadata\": {\"tenant\": \"bolt\"}}")
                .put(documents(name) + "/acme-1")
                .then()
                .statusCode(200);
        problem(as(acme()).get(documents(name) + "/acme-1"), 404, "document.not_found");
        as(acme(), "{\"vector\": [1, 1, 0], \"limit\": 100}")
                .post("/v1/collections/" + name + "/search")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(2));
    }

    /** Whatever is asked, in whatever way: nothing of the other tenant comes back, and no count of it. */
    @Test
    void noAnswerShowsAnotherTenant() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String tenant = acme();
        for (int i = 0; i < 150; i++) {
            String filter = filter(random, 0);
            String body =
                    switch (random.nextInt(4)) {
                        case 0 ->
                            "{\"filter\": %s, \"count\": \"exact\", \"include\": [\"document\", \"vector\"]}"
                                    .formatted(filter);
                        case 1 ->
                            "{\"query\": \"tea bolt marker\", \"mode\": \"keyword\", \"filter\": %s, \"explain\": true}"
                                    .formatted(filter);
                        case 2 ->
                            "{\"vector\": [1, 1, 0], \"filter\": %s, \"include\": [\"document\", \"chunk\"]}"
                                    .formatted(filter);
                        default -> "{\"keys\": [\"bolt-0\", \"acme-1\", \"bolt-2\"]}";
                    };
            String address = body.startsWith("{\"keys")
                    ? documents(name) + ":get"
                    : body.startsWith("{\"filter") ? documents(name) + ":query" : "/v1/collections/" + name + "/search";
            Response answer = as(tenant, body).post(address);
            String context = "seed " + seed + ": " + address + " " + body + "\n-> " + answer.asString();
            assertThat(answer.statusCode()).as(context).isIn(200, 422);
            assertThat(answer.asString().replace("\"missing\":[\"bolt-0\",\"bolt-2\"]", ""))
                    .as(context)
                    .doesNotContain("marker-bolt", "bolt-", "Tea of bolt");
            if (answer.statusCode() == 200 && address.endsWith(":query")) {
                assertThat(answer.jsonPath().getInt("count")).as(context).isLessThanOrEqualTo(3);
            }
        }
    }

    private static String filter(Random random, int depth) {
        List<String> tenants = List.of("\"acme\"", "\"bolt\"", "null", "1");
        String tenant = tenants.get(random.nextInt(tenants.size()));
        return switch (random.nextInt(depth > 3 ? 4 : 7)) {
            case 0 -> "{\"tenant\": %s}".formatted(tenant);
            case 1 -> "{\"tenant\": {\"$ne\": %s}}".formatted(tenant);
            case 2 -> "{\"tenant\": {\"$in\": [%s, \"bolt\"]}}".formatted(tenant);
            case 3 -> "{\"tenant\": {\"$exists\": %s}}".formatted(random.nextBoolean());
            case 4 -> "{\"$not\": %s}".formatted(filter(random, depth + 1));
            case 5 -> "{\"$or\": [%s, %s]}".formatted(filter(random, depth + 1), filter(random, depth + 1));
            default -> "{\"$and\": [%s, %s]}".formatted(filter(random, depth + 1), filter(random, depth + 1));
        };
    }
}
