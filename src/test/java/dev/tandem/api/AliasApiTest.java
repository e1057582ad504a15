package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.collection;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tandem.testing.CallerThreads;
import dev.tandem.testing.Database;
import dev.tandem.testing.ModelOfTests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliases: other names of collections, which can be given to other ones at any time. */
@QuarkusTest
class AliasApiTest {

    private static final String ALIASES = "/v1/aliases";

    private static final String TEA = "{\"title\": \"Tea\"}";

    private static final String DELETE_DOCUMENTS =
            "delete from document where collection_id = (select id from collection where name = ?)";

    @Test
    void makesSwitchesAndDeletesAnAlias() {
        String first = collection();
        String second = collection();
        String alias = freeName();
        point(alias, first)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("name", equalTo(alias))
                .body("collection", equalTo(first))
                .body("version", equalTo(1));
        point(alias, first).then().statusCode(200).header("ETag", "\"1\"");
        point(alias, second).then().statusCode(200).header("ETag", "\"2\"").body("collection", equalTo(second));
        given().get(ALIASES + "/" + alias)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("collection", equalTo(second));
        given().header("If-None-Match", "\"2\"")
                .get(ALIASES + "/" + alias)
                .then()
                .statusCode(304);
        given().get(COLLECTIONS + "/" + alias).then().statusCode(200).body("name", equalTo(second));
        given().delete(ALIASES + "/" + alias).then().statusCode(204);
        problem(given().get(ALIASES + "/" + alias), 404, "alias.not_found");
        problem(given().delete(ALIASES + "/" + alias), 404, "alias.not_found");
        problem(given().get(COLLECTIONS + "/" + alias), 404, "collection.not_found");
        given().get(COLLECTIONS + "/" + second).then().statusCode(200);
    }

    @Test
    void changesOnlyTheVersionThatTheClientHasSeen() {
        String first = collection();
        String second = collection();
        String alias = freeName();
        String body = "{\"collection\": \"" + first + "\"}";
        problem(json(body).header("If-Match", "\"1\"").put(ALIASES + "/" + alias), 412, "precondition.failed");
        json(body)
                .header("If-None-Match", "*")
                .put(ALIASES + "/" + alias)
                .then()
                .statusCode(201);
        problem(json(body).header("If-None-Match", "*").put(ALIASES + "/" + alias), 412, "precondition.failed");
        point(alias, second).then().statusCode(200);
        problem(json(body).header("If-Match", "\"1\"").put(ALIASES + "/" + alias), 412, "precondition.failed");
        problem(given().header("If-Match", "\"1\"").delete(ALIASES + "/" + alias), 412, "precondition.failed");
        json(body)
                .header("If-Match", "\"2\"")
                .put(ALIASES + "/" + alias)
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"");
    }

    @Test
    void anAliasOfAnAliasIsOneOfItsCollection() {
        String first = collection();
        String alias = freeName();
        point(alias, first).then().statusCode(201);
        String other = freeName();
        point(other, alias).then().statusCode(201).body("collection", equalTo(first));
        point(alias, collection()).then().statusCode(200);
        given().get(COLLECTIONS + "/" + other).then().body("name", equalTo(first));
        point(other, other).then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void refusesNamesThatAreTakenOrNone() {
        String name = collection();
        String alias = freeName();
        problem(point(collection(), name), 409, "alias.name.taken");
        problem(point(name, name), 409, "alias.name.taken");
        point(alias, name).then().statusCode(201);
        problem(json("{\"name\": \"%s\"}".formatted(alias)).post(COLLECTIONS), 409, "collection.name.taken");
        problem(rename(collection(), alias), 409, "collection.name.taken");
        problem(point(freeName(), freeName()), 404, "collection.not_found");
        for (String body : List.of("{}", "{\"collection\": \"\\u0000\"}", "{\"collection\": \"No Name\"}")) {
            problem(json(body).put(ALIASES + "/" + freeName()), 422, "/collection", "alias.collection");
        }
        problem(json("{\"collection\": 1}").put(ALIASES + "/" + freeName()), 400, "json.wrong_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-a", "a%20b", "%C3%A4", "a:rename", "%F0%9F%98%80"})
    void hostileNamesAreNoNames(String name) {
        problem(point(name, collection()), 422, "/name", "alias.name");
        problem(given().urlEncodingEnabled(false).get(ALIASES + "/" + name), 404, "alias.not_found");
        problem(given().urlEncodingEnabled(false).delete(ALIASES + "/" + name), 404, "alias.not_found");
    }

    @Test
    void listsByNameToTheEnd() {
        String prefix = freeName();
        String name = collection();
        for (int i = 0; i < 5; i++) {
            point(prefix + "-" + i, name).then().statusCode(201);
        }
        List<String> names = new ArrayList<>();
        String next = ALIASES + "?limit=2";
        while (next != null) {
            Response page = given().urlEncodingEnabled(false).get(next);
            page.then().statusCode(200);
            names.addAll(page.path("items.name"));
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(names).doesNotHaveDuplicates().isSorted();
        assertThat(names.stream().filter(one -> one.startsWith(prefix))).hasSize(5);
    }

    @Test
    void whatHasAnAliasStays() {
        String name = collection();
        String alias = freeName();
        point(alias, name).then().statusCode(201);
        problem(given().delete(COLLECTIONS + "/" + name), 409, "collection.aliased");
        problem(given().delete(COLLECTIONS + "/" + alias), 409, "collection.aliased");
        point(alias, collection()).then().statusCode(200);
        given().delete(COLLECTIONS + "/" + name).then().statusCode(204);
    }

    @Test
    void jobsAreListedByAnAliasToo() {
        String name = collection();
        String alias = freeName();
        point(alias, name).then().statusCode(201);
        json("{}")
                .post(COLLECTIONS + "/" + alias + ":rebuild")
                .then()
                .statusCode(202)
                .body("collection", equalTo(name));
        given().get("/v1/jobs?collection=" + alias)
                .then()
                .body("items.collection", hasSize(1))
                .body("items.collection", everyItem(equalTo(name)));
        given().get("/v1/jobs?collection=" + freeName()).then().body("items", empty());
    }

    @Test
    void renamesACollectionWithAllThatItHas() {
        String name = collection();
        json("{\"title\": \"Tea\"}").put(documents(name) + "/tea").then().statusCode(201);
        String alias = freeName();
        point(alias, name).then().statusCode(201);
        String job = json("{}").post(COLLECTIONS + "/" + name + ":reconcile").path("id");
        String renamed = freeName();
        problem(
                json("{\"name\": \"%s\"}".formatted(renamed))
                        .header("If-Match", "\"7\"")
                        .post(COLLECTIONS + "/" + name + ":rename"),
                412,
                "precondition.failed");
        rename(name, renamed)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo(renamed))
                .body("version", equalTo(2));
        rename(renamed, renamed).then().statusCode(200).header("ETag", "\"2\"");
        problem(given().get(COLLECTIONS + "/" + name), 404, "collection.not_found");
        given().get(documents(renamed) + "/tea").then().statusCode(200).body("title", equalTo("Tea"));
        given().get(documents(alias) + "/tea").then().statusCode(200);
        given().get(ALIASES + "/" + alias).then().body("collection", equalTo(renamed));
        given().get("/v1/jobs/" + job).then().body("collection", equalTo(renamed));
        json("{\"name\": \"%s\"}".formatted(name)).post(COLLECTIONS).then().statusCode(201);
    }

    @Test
    void refusesToRenameToWhatIsTakenOrNoName() {
        String name = collection();
        problem(rename(name, collection()), 409, "collection.name.taken");
        problem(rename(name, "No Name"), 422, "/name", "collection.name");
        problem(json("{}").post(COLLECTIONS + "/" + name + ":rename"), 422, "/name", "collection.name");
        problem(rename(freeName(), freeName()), 404, "collection.not_found");
        given().get(COLLECTIONS + "/" + name).then().statusCode(200).header("ETag", "\"1\"");
    }

    /** The documents of a model's records may be needed at any time: then nothing else may have their collection's name, and an alias would stay unseen. */
    @Test
    void theNameOfAModelIsNotKeptAsAnAlias() {
        String name = ModelOfTests.DERIVATION.collection();
        String target = collection();
        problem(point(name, target), 409, "alias.name.taken");
        json("{\"name\": \"%s\", \"embedding\": {\"model\": \"none\", \"dimensions\": 3}}".formatted(name))
                .post(COLLECTIONS)
                .then()
                .statusCode(201);
        String renamed = freeName();
        problem(
                json("{\"name\": \"%s\", \"keepAlias\": true}".formatted(renamed))
                        .post(COLLECTIONS + "/" + name + ":rename"),
                409,
                "alias.name.taken");
        given().get(COLLECTIONS + "/" + name).then().statusCode(200).body("version", equalTo(1));
        problem(given().get(COLLECTIONS + "/" + renamed), 404, "collection.not_found");
        rename(name, renamed).then().statusCode(200);
        problem(given().get(COLLECTIONS + "/" + name), 404, "collection.not_found");
        problem(point(name, renamed), 409, "alias.name.taken");
        given().delete(COLLECTIONS + "/" + renamed).then().statusCode(204);
    }

    /** An earlier release knows of no aliases. What it deletes while it is replaced is kept by the foreign key, as a whole. */
    @Test
    void whatHasAnAliasStaysWhoeverDeletesIt() throws Exception {
        String name = collection();
        String alias = freeName();
        json("{\"title\": \"Tea\"}").put(documents(name) + "/tea").then().statusCode(201);
        point(alias, name).then().statusCode(201);
        try (Connection earlier = Database.connect()) {
            earlier.setAutoCommit(false);
            Database.execute(earlier, "select id from collection where name = ? for update", name);
            Database.execute(earlier, DELETE_DOCUMENTS, name);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Database.execute(earlier, "delete from collection where name = ?", name))
                    .withMessageContaining("fk_alias_collection_id");
            earlier.rollback();
        }
        given().get(documents(alias) + "/tea").then().statusCode(200);
    }

    /** The other way about: who points an alias to what an earlier release is deleting waits for that, and is told that it is gone. */
    @Test
    void noAliasPointsToWhatAnEarlierReleaseDeletes() throws Exception {
        String name = collection();
        String other = collection();
        String alias = freeName();
        point(alias, other).then().statusCode(201);
        try (Connection earlier = Database.connect();
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            earlier.setAutoCommit(false);
            Database.execute(earlier, "select id from collection where name = ? for update", name);
            Database.execute(earlier, "delete from collection where name = ?", name);
            List<Future<Response>> answers = List.of(
                    threads.submit(() -> point(freeName(), name)),
                    threads.submit(() -> point(alias, name)),
                    threads.submit(() -> json("{\"name\": \"%s\", \"keepAlias\": true}".formatted(freeName()))
                            .post(COLLECTIONS + "/" + name + ":rename")));
            await().atMost(PATIENCE).until(() -> Database.number("""
                            select count(*) from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock' and query ~ 'collection'
                            """) == answers.size());
            earlier.commit();
            for (Future<Response> answer : answers) {
                problem(answer.get(), 404, "collection.not_found");
            }
        }
        given().get(ALIASES + "/" + alias).then().statusCode(200).body("collection", equalTo(other));
    }

    @Test
    void aRenameIsSafeToSendAgain() {
        String name = collection();
        String renamed = freeName();
        String key = freeName();
        for (String replayed : Arrays.asList(null, "true")) {
            json("{\"name\": \"%s\"}".formatted(renamed))
                    .header("Idempotency-Key", key)
                    .post(COLLECTIONS + "/" + name + ":rename")
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replayed", equalTo(replayed))
                    .body("name", equalTo(renamed));
        }
    }

    /** Versions begin at 1 everywhere, so the next collection's would match. */
    @Test
    void entityTagsByAnAliasAreOfOneCollection() {
        String first = collection();
        String second = collection();
        for (String name : List.of(first, second)) {
            json("{\"title\": \"Tea\"}").put(documents(name) + "/tea").then().statusCode(201);
        }
        String alias = freeName();
        String tea = documents(alias) + "/tea";
        point(alias, first).then().statusCode(201);
        String tag = given().get(tea).header("ETag");
        assertThat(tag).matches("\"1-[0-9a-f]{8}\"");
        String tagOfAll = given().get(COLLECTIONS + "/" + alias).header("ETag");
        given().header("If-None-Match", "W/" + tag)
                .get(tea)
                .then()
                .statusCode(304)
                .header("ETag", tag);
        problem(json("{}").header("If-Match", tag.replace("1-", "7-")).put(tea), 412, "precondition.failed")
                .header("ETag", tag);
        given().get(documents(first) + "/tea").then().header("ETag", "\"1\"");

        point(alias, second).then().statusCode(200);
        given().header("If-None-Match", tag).get(tea).then().statusCode(200);
        given().header("If-None-Match", tagOfAll)
                .get(COLLECTIONS + "/" + alias)
                .then()
                .statusCode(200);
        problem(json("{}").header("If-Match", tag).put(tea), 412, "precondition.failed");
        problem(given().header("If-Match", tag).delete(tea), 412, "precondition.failed");
        given().get(documents(second) + "/tea").then().header("ETag", "\"1\"").body("title", equalTo("Tea"));

        point(alias, first).then().statusCode(200);
        json("{\"title\": \"Mint\"}")
                .header("If-Match", tag)
                .put(tea)
                .then()
                .statusCode(200)
                .header("ETag", tag.replace("1-", "2-"));
    }

    @Test
    void aRepeatedPostIsAnsweredAsBeforeTheSwitch() {
        String alias = freeName();
        point(alias, collection()).then().statusCode(201);
        String key = freeName();
        String tag = json("{\"title\": \"Tea\"}")
                .header("Idempotency-Key", key)
                .post(documents(alias))
                .header("ETag");
        point(alias, collection()).then().statusCode(200);
        json("{\"title\": \"Tea\"}")
                .header("Idempotency-Key", key)
                .post(documents(alias))
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true")
                .header("ETag", tag);
    }

    /** Whoever uses the alias would not find what was written into the former collection, so that is refused. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anImportStaysWithItsCollectionOrEnds(boolean byAlias) throws IOException {
        String name = collection();
        String alias = freeName();
        point(alias, name).then().statusCode(201);
        String renamed = freeName();
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.write(
                    ("POST " + documents(byAlias ? alias : name) + ":import?results=all HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            importLine("before", out, in);
            rename(name, renamed).then().statusCode(200);
            json("{\"name\": \"%s\"}".formatted(name)).post(COLLECTIONS).then().statusCode(201);
            point(alias, name).then().statusCode(200);
            if (byAlias) {
                assertThat(answer("after", "summary", out, in)).contains("alias.switched");
            } else {
                importLine("after", out, in);
            }
        }
        given().get(documents(renamed))
                .then()
                .body("items.key", byAlias ? contains("before") : containsInAnyOrder("before", "after"));
        given().get(documents(name)).then().body("items", empty());
    }

    private static void importLine(String key, OutputStream out, BufferedReader in) throws IOException {
        assertThat(answer(key, "\"" + key + "\"", out, in)).contains("created");
    }

    /** The next line of the answer that has this part. */
    private static String answer(String key, String part, OutputStream out, BufferedReader in) throws IOException {
        String line = "{\"key\": \"" + key + "\", \"title\": \"x\"}\n";
        out.write((Integer.toHexString(line.length()) + "\r\n" + line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return in.lines().filter(said -> said.contains(part)).findFirst().orElseThrow();
    }

    /** The name was a collection's own when the client read, and its tag says nothing of collections. */
    @Test
    void aTagFromBeforeTheNameWasAnAliasIsRefusedAfterASwitch() {
        String name = collection();
        String tea = documents(name) + "/tea";
        json(TEA).put(tea).then().statusCode(201).header("ETag", "\"1\"");
        String former = freeName();
        json("{\"name\": \"%s\", \"keepAlias\": true}".formatted(former))
                .post(COLLECTIONS + "/" + name + ":rename")
                .then()
                .statusCode(200);
        String successor = collection();
        json(TEA).put(documents(successor) + "/tea").then().statusCode(201);
        // There is only one collection that it can be of.
        json("{\"title\": \"Mint\"}")
                .header("If-Match", "\"1\"")
                .put(tea)
                .then()
                .statusCode(200)
                .header("ETag", startsWith("\"2-"));

        point(name, successor).then().statusCode(200);
        String tag = given().get(tea).header("ETag");
        List<Response> writes = List.of(
                json("{\"title\": \"x\"}").header("If-Match", "\"1\"").put(tea),
                json("{\"title\": \"x\"}").header("If-Match", "\"1\", \"2\"").patch(tea),
                given().header("If-Match", "\"1\"").delete(tea),
                given().urlEncodingEnabled(false).header("If-Match", "\"1\"").post(tea + "/revisions/1:restore"));
        for (Response write : writes) {
            problem(write, 412, "precondition.failed")
                    .header("ETag", tag)
                    .body("currentVersion", equalTo(1))
                    .body("detail", containsString("Read again by the alias"));
        }
        problem(
                        json("{\"description\": \"x\"}")
                                .header("If-Match", "\"1\"")
                                .patch(COLLECTIONS + "/" + name),
                        412,
                        "precondition.failed")
                .body("detail", containsString("Read again by the alias"));
        given().header("If-None-Match", "\"1\"").get(tea).then().statusCode(200);
        given().header("If-None-Match", "\"1\"")
                .get(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200);
        json("{\"title\": \"Mint\"}").header("If-Match", "*").put(tea).then().statusCode(200);
        // By its own name, the collection takes its own tags as ever.
        json(TEA)
                .header("If-Match", "\"2\"")
                .put(documents(successor) + "/tea")
                .then()
                .statusCode(200);
        point(name, former).then().statusCode(200);
        problem(json(TEA).header("If-Match", "\"2\"").put(tea), 412, "precondition.failed");
    }

    @Test
    void oneOfSeveralTagsIsEnough() {
        String first = collection();
        String second = collection();
        String alias = freeName();
        String tea = documents(alias) + "/tea";
        json(TEA).put(documents(first) + "/tea");
        json(TEA).put(documents(second) + "/tea");
        point(alias, first);
        String old = given().get(tea).header("ETag");
        point(alias, second);
        String current = given().get(tea).header("ETag");
        json("{\"title\": \"Mint\"}")
                .header("If-Match", old + ", " + current)
                .put(tea)
                .then()
                .statusCode(200);
        // The number is right, but not for this collection.
        problem(
                        json("{\"title\": \"x\"}")
                                .header("If-Match", old.replace("1-", "2-") + ", " + current)
                                .put(tea),
                        412,
                        "precondition.failed")
                .header("ETag", current.replace("1-", "2-"))
                .body("currentVersion", equalTo(2));
        problem(json("{\"title\": \"x\"}").header("If-Match", old).put(tea), 412, "precondition.failed")
                .header("ETag", current.replace("1-", "2-"))
                .body("currentVersion", equalTo(2))
                .body("detail", containsString("another collection"));
    }

    @Test
    void aTagOfAnotherCollectionIsRefusedByAnOwnNameToo() {
        String first = collection();
        String second = collection();
        String alias = freeName();
        json(TEA).put(documents(first) + "/tea");
        json(TEA).put(documents(second) + "/tea");
        point(alias, first);
        String tag = given().get(documents(alias) + "/tea").header("ETag");
        problem(
                        json("{\"title\": \"x\"}").header("If-Match", tag).put(documents(second) + "/tea"),
                        412,
                        "precondition.failed")
                .header("ETag", "\"1\"")
                .body("detail", containsString("another collection"));
        json("{\"title\": \"Mint\"}")
                .header("If-Match", tag)
                .put(documents(first) + "/tea")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
    }

    /** So a collection whose name is in use everywhere gets an alias without a moment in which nothing has the name. */
    @Test
    void theFormerNameCanStayAsAnAlias() throws Exception {
        String name = collection();
        json("{\"title\": \"Tea\"}").put(documents(name) + "/tea").then().statusCode(201);
        String renamed = freeName();
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        whileRunning(
                () -> statuses.add(given().get(documents(name) + "/tea").statusCode()),
                () -> json("{\"name\": \"%s\", \"keepAlias\": true}".formatted(renamed))
                        .post(COLLECTIONS + "/" + name + ":rename")
                        .then()
                        .statusCode(200)
                        .body("name", equalTo(renamed)));
        assertThat(statuses).isNotEmpty().containsOnly(200);
        given().get(ALIASES + "/" + name).then().body("collection", equalTo(renamed));
    }

    @Test
    void aSwitchUnderLoadIsSeenAtOnceAndLosesNothing() throws Exception {
        List<String> both = List.of(collection(), collection());
        for (String name : both) {
            json("{\"title\": \"%s\"}".formatted(name))
                    .put(documents(name) + "/which")
                    .then()
                    .statusCode(201);
        }
        String alias = freeName();
        point(alias, both.get(0)).then().statusCode(201);
        AtomicInteger written = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        whileRunning(
                () -> {
                    Response read = given().get(documents(alias) + "/which");
                    if (read.statusCode() != 200 || !both.contains(read.<String>path("title"))) {
                        wrong.add(read.asString());
                    }
                    Response write = json("{\"title\": \"written\"}").post(documents(alias));
                    if (write.statusCode() == 201) {
                        written.incrementAndGet();
                    } else {
                        wrong.add(write.asString());
                    }
                },
                () -> {
                    for (int round = 1; round <= 20; round++) {
                        String target = both.get(round % 2);
                        point(alias, target).then().statusCode(200);
                        given().get(documents(alias) + "/which").then().body("title", equalTo(target));
                    }
                });
        assertThat(wrong).isEmpty();
        assertThat(written).hasPositiveValue();
        int kept = 0;
        for (String name : both) {
            kept += given().get(documents(name) + "?count=exact&limit=1").<Integer>path("count");
        }
        assertThat(kept).isEqualTo(written.get() + both.size());
    }

    @Test
    void oneOfAnAliasAndACollectionGetsTheName() throws Exception {
        String target = collection();
        for (int round = 0; round < 10; round++) {
            String name = freeName();
            List<Integer> statuses = together(
                    () -> point(name, target).statusCode(),
                    () -> json("{\"name\": \"%s\"}".formatted(name))
                            .post(COLLECTIONS)
                            .statusCode(),
                    () -> rename(collection(), name).statusCode());
            assertThat(statuses).filteredOn(status -> status == 409).hasSize(2);
            assertThat(statuses).filteredOn(status -> status < 300).hasSize(1);
        }
    }

    @Test
    void noAliasPointsToWhatIsBeingDeleted() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = collection();
            String alias = freeName();
            List<Integer> statuses =
                    together(() -> point(alias, name).statusCode(), () -> given().delete(COLLECTIONS + "/" + name)
                            .statusCode());
            assertThat(statuses).isIn(List.of(201, 409), List.of(404, 204));
            given().get(ALIASES)
                    .then()
                    .body("items.name", statuses.get(0) == 201 ? hasItem(alias) : not(hasItem(alias)));
            given().delete(ALIASES + "/" + alias);
        }
    }

    private static Response point(String alias, String collection) {
        return json("{\"collection\": \"%s\"}".formatted(collection)).put(ALIASES + "/" + alias);
    }

    private static Response rename(String name, String newName) {
        return json("{\"name\": \"%s\"}".formatted(newName)).post(COLLECTIONS + "/" + name + ":rename");
    }

    /** Several clients do something again and again, at least once, while something else is done. */
    private static void whileRunning(Runnable load, Runnable change) throws Exception {
        AtomicBoolean ends = new AtomicBoolean();
        Callable<Integer> client = () -> {
            do {
                load.run();
            } while (!ends.get());
            return 0;
        };
        try (ExecutorService clients = CallerThreads.open()) {
            List<Future<Integer>> running =
                    List.of(clients.submit(client), clients.submit(client), clients.submit(client));
            try {
                change.run();
            } finally {
                ends.set(true);
            }
            for (Future<Integer> one : running) {
                one.get();
            }
        }
    }

    @SafeVarargs
    private static List<Integer> together(Callable<Integer>... calls) throws Exception {
        try (ExecutorService callers = CallerThreads.open()) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> call : callers.invokeAll(List.of(calls))) {
                statuses.add(call.get());
            }
            return statuses;
        }
    }
}
