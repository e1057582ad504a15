package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declared indexes of metadata: what clients see of them, and that they have what the documents have, whatever is done. */
@QuarkusTest
class MetadataIndexesApiTest {

    /** More than a step of the job has. */
    private static final int MANY = 450;

    private static final int WRITERS = 3;
    private static final int WRITES = 60;

    @Test
    void areDeclaredAndDroppedByTheirPaths() {
        String name = Api.collection();
        given().get(COLLECTIONS + "/" + name).then().body("indexes", empty()).body("version", equalTo(1));
        Api.put(name, "a", "{\"title\": \"tea\", \"metadata\": {\"year\": 2001}}");
        Api.put(name, "b", "{\"title\": \"rum\", \"metadata\": {\"year\": 2000}}");
        patch(name, "[\"year\", \"author.first\\\\.name\"]");
        given().get(COLLECTIONS + "/" + name)
                .then()
                .body("indexes", equalTo(List.of("year", "author.first\\.name")))
                .body("version", equalTo(2));
        ready(name);
        assertThat(stats(name).getList("indexes"))
                .isEqualTo(List.of(
                        Map.of("path", "author.first\\.name", "state", "ready"),
                        Map.of("path", "year", "state", "ready")));
        given().get("/v1/jobs?collection=" + name)
                .then()
                .body("items.kind", equalTo(List.of("index_metadata")))
                .body("items[0].progress.done", equalTo(2));
        assertThat(given().get(documents(name) + "?sort=metadata.year")
                        .jsonPath()
                        .getList("items.key"))
                .isEqualTo(List.of("b", "a"));
        json("{\"description\": \"Drinks\"}")
                .patch(COLLECTIONS + "/" + name)
                .then()
                .body("indexes.size()", equalTo(2));
        json("{}").put(COLLECTIONS + "/" + name).then().statusCode(200).body("indexes", empty());
        assertThat(stats(name).getList("indexes")).isEmpty();
    }

    @Test
    void areThereFromTheBeginningAndGoOnInCopiesAndUnderOtherNames() throws SQLException {
        String name =
                Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"indexes\": [\"year\"]");
        Api.put(name, "a", "{\"title\": \"tea\", \"metadata\": {\"year\": 2001}}");
        assertThat(states(name)).isEqualTo(Map.of("year", "ready"));
        String successor = Api.freeName();
        json("{\"name\": \"%s\", \"follow\": false}".formatted(successor))
                .post(COLLECTIONS + "/" + name + ":copy")
                .then()
                .statusCode(202);
        await().atMost(PATIENCE)
                .until(
                        () -> given().get("/v1/jobs?collection=" + successor)
                                .jsonPath()
                                .getString("items[0].state"),
                        "succeeded"::equals);
        assertThat(states(successor)).isEqualTo(Map.of("year", "ready"));
        assertRight(successor, 1);
        String renamed = Api.freeName();
        json("{\"name\": \"%s\"}".formatted(renamed))
                .post(COLLECTIONS + "/" + name + ":rename")
                .then()
                .statusCode(200)
                .body("indexes", equalTo(List.of("year")));
        assertThat(states(renamed)).isEqualTo(Map.of("year", "ready"));
        String other = Api.freeName();
        json("{\"name\": \"%s\", \"indexes\": null}".formatted(other))
                .post(COLLECTIONS + "/" + renamed + ":copy")
                .then()
                .statusCode(202);
        assertThat(states(other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[\"a\", \"a\"]' | /indexes/1 | collection.indexes.twice",
                "'[\"a.b\", \"a..b\"]' | /indexes/1 | collection.indexes.path",
                "'[\"\"]' | /indexes/0 | collection.indexes.path",
                "'[\"a\", \"metadata.n\"]' | /indexes/1 | collection.indexes.path",
                "'[\"a\\\\\"]' | /indexes/0 | collection.indexes.path",
                "'[\"\\u0000\"]' | /indexes/0 | collection.indexes.path",
            })
    void whatIsNoPathIsRefused(String indexes, String pointer, String code) {
        String name = Api.collection();
        problem(json("{\"indexes\": %s}".formatted(indexes)).patch(COLLECTIONS + "/" + name), 422, pointer, code);
    }

    @Test
    void aFieldInAnObjectOfTheNameMetadataIsEscaped() {
        String name = Api.collection();
        patch(name, "[\"\\\\metadata.n\", \"metadata\"]");
        given().get(COLLECTIONS + "/" + name).then().body("indexes", equalTo(List.of("\\metadata.n", "metadata")));
        json("{\"description\": \"kept\"}")
                .patch(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200);
        assertThat(stats(name).<String>getList("indexes.path")).containsExactlyInAnyOrder("\\metadata.n", "metadata");
    }

    @Test
    void tooManyAndTooLongOnesAreRefused() {
        String name = Api.collection();
        String sixteen = paths(16);
        patch(name, sixteen);
        problem(
                json("{\"indexes\": %s}".formatted(paths(17))).patch(COLLECTIONS + "/" + name),
                422,
                "/indexes",
                "collection.indexes.count");
        problem(
                json("{\"indexes\": [\"%s\"]}".formatted("x".repeat(1_025))).patch(COLLECTIONS + "/" + name),
                422,
                "/indexes/0",
                "collection.indexes.path");
        json("{\"indexes\": \"year\"}").patch(COLLECTIONS + "/" + name).then().statusCode(400);
        given().get(COLLECTIONS + "/" + name).then().body("indexes.size()", equalTo(16));
    }

    private static String paths(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"p" + number + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Hostile names go into PostgreSQL's paths as they are, and no write fails of them. */
    @Test
    void anyNameIsAPath() throws SQLException {
        String name = Api.collection();
        patch(name, "[\"\\\\$\", \"quo\\\"te\", \"back\\\\\\\\slash\", \"a b.*\", \"'\", \"@.日本\"]");
        Api.put(
                name,
                "a",
                "{\"title\": \"tea\", \"metadata\": {\"$\": 1, \"quo\\\"te\": \"x\", \"back\\\\slash\": true, \"'\": 1e308}}");
        ready(name);
        assertRight(name, 6);
        assertThat(Database.column("""
                        select rank from metadata_value join metadata_index on metadata_index.number = index_number
                             join collection on collection.id = collection_id
                        where name = ? order by metadata_index.path collate "C"
                        """, name))
                .extracting(Object::toString)
                .containsExactly("1", "1", "5", "5", "4", "2");
        // What is read can be written again.
        json("{\"description\": \"odd names\"}")
                .patch(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200)
                .body("indexes[0]", equalTo("\\$"))
                .body("indexes[1]", equalTo("quo\"te"));
        assertThat(states(name)).containsKey("\\$");
    }

    /**
     * Several clients write in all the ways that there are, while indexes are declared, dropped and declared again, and the job that fills them loses its
     * claim again and again. In the end each document has its value in each index.
     */
    @Thorough
    @Test
    void haveWhatTheDocumentsHave() throws Exception {
        String name = Api.collection();
        load(name);
        AtomicBoolean isWriting = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(writer);
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < WRITES; i++) {
                        write(name, random);
                    }
                }));
            }
            Future<?> thief = threads.submit(() -> {
                while (isWriting.get()) {
                    steal(name);
                }
                return null;
            });
            Random random = new Random(99);
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                patch(
                        name,
                        List.of("[\"year\"]", "[\"kind\", \"year\"]", "[\"kind\"]", "[]")
                                .get(random.nextInt(4)));
                if (random.nextBoolean()) {
                    Database.execute("update metadata_index set dropped_at = dropped_at - interval '11 minutes'");
                }
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            patch(name, "[\"kind\", \"year\", \"of.it\"]");
            isWriting.set(false);
            thief.get();
        }
        ready(name);
        long count = Database.number(
                "select count(*) from document join collection on collection.id = collection_id where name = ?", name);
        assertThat(count).isBetween(MANY / 2L, 2L * MANY);
        assertRight(name, 3 * count);
        given().delete(COLLECTIONS + "/" + name).then().statusCode(204);
        assertThat(
                        Database.number(
                                "select count(*) from metadata_value where not exists (select from document where id = document_id)"))
                .isZero();
    }

    private static void load(String name) {
        String lines = IntStream.range(0, MANY)
                .mapToObj(number -> "{\"key\": \"k%d\", \"title\": \"t\", \"metadata\": %s}\n"
                        .formatted(number, metadata(new Random(number))))
                .collect(Collectors.joining());
        given().contentType("application/x-ndjson")
                .body(lines.getBytes(UTF_8))
                .post(documents(name) + ":import")
                .then()
                .statusCode(200);
    }

    private static void write(String name, Random random) {
        String address = documents(name) + "/k" + random.nextInt(MANY);
        switch (random.nextInt(8)) {
            case 0, 1 ->
                json("{\"title\": \"t\", \"metadata\": %s}".formatted(metadata(random)))
                        .put(address);
            case 2, 3 -> json("{\"metadata\": %s}".formatted(metadata(random))).patch(address);
            case 4 -> given().delete(address);
            case 5 ->
                json("{\"filter\": {\"year\": %d}, \"patch\": {\"metadata\": %s}}"
                                .formatted(random.nextInt(20), metadata(random)))
                        .post(documents(name) + ":update");
            case 6 -> json("").post(address + "/revisions/1:restore");
            default ->
                given().contentType("application/x-ndjson")
                        .body("{\"key\": \"k%d\", \"title\": \"t\", \"metadata\": %s}\n"
                                .formatted(random.nextInt(MANY + 50), metadata(random))
                                .getBytes(UTF_8))
                        .post(documents(name) + ":import");
        }
    }

    private static String metadata(Random random) {
        return "{\"year\": %s, \"kind\": %s, \"of\": {\"it\": %d}}"
                .formatted(
                        List.of("1", "2.5", "\"2000\"", "null", "[1]").get(random.nextInt(5)),
                        List.of("\"tea\"", "true", "false", "{}").get(random.nextInt(4)),
                        random.nextInt(100));
    }

    /** Takes the job away from whoever is at one of its steps. */
    private static void steal(String name) throws SQLException {
        Database.execute("""
                update job set holder = gen_random_uuid(), lease_until = now() - interval '1 second', attempts = 0
                where kind = 'index_metadata' and holder is not null and lease_until > now()
                  and collection_id = (select id from collection where name = ?)
                """, name);
    }

    /** Each document of the collection has what it should have in each declared index. */
    private static void assertRight(String name, long values) throws SQLException {
        String each = """
                select count(*) from collection join document on document.collection_id = collection.id
                     join metadata_index on metadata_index.collection_id = collection.id and dropped_at is null
                     cross join lateral metadata_place(document.metadata, json_path) as place
                     %s join metadata_value on document_id = document.id and index_number = metadata_index.number
                where name = ? and (metadata_value.rank, metadata_value.number, metadata_value.text) %s (place.rank, place.number, place.text)
                """;
        assertThat(Database.number(each.formatted("left", "is distinct from"), name))
                .isZero();
        assertThat(Database.number(each.formatted("", "="), name)).isEqualTo(values);
    }

    private static void patch(String name, String indexes) {
        json("{\"indexes\": %s}".formatted(indexes))
                .patch(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200);
    }

    private static void ready(String name) {
        await().atMost(PATIENCE).until(() -> states(name).values().stream().allMatch("ready"::equals));
    }

    /** By path. */
    private static Map<String, String> states(String name) {
        return stats(name).<Map<String, String>>getList("indexes").stream()
                .collect(Collectors.toMap(index -> index.get("path"), index -> index.get("state")));
    }

    private static JsonPath stats(String name) {
        return given().get(COLLECTIONS + "/" + name + "/stats").jsonPath();
    }
}
