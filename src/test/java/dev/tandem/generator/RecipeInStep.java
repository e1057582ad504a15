package dev.tandem.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recipes, whose records are documents: found by meaning, listed, patched, in step through kill -9, and gone when they are deleted. Only {@link
 * RoundTripIT} runs this, in a copy of the project that has the model.
 */
class RecipeInStep {

    private static final String ALL = "/v1/recipes";
    private static final int KILLS = 3;
    private static final int WRITERS = 6;
    private static final int BETWEEN_KILLS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Rows without their document, documents without their row, and documents that say something else. */
    private static final String OUT_OF_STEP = """
            select count(*)
            from recipe
            full join (select document.* from document join collection on collection.id = collection_id
                       where name = 'recipes') as projected
                on projected.key = cast(recipe.id as text)
            where recipe.id is null or projected.id is null or projected.title <> recipe.title
                or projected.content is distinct from recipe.body
                or cast(projected.metadata ->> 'minutes' as integer) is distinct from recipe.minutes
            """;

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private volatile PackagedService service;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                // Processes are killed, not the machine.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .start();
        service = started();
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        postgres.close();
    }

    @Test
    void followsItsRowsWhateverHappens() throws Exception {
        String soup = created("Leek soup", "Vegetables that simmer for a long time in a hot broth", 40);
        created("Apple cake", "Flour, sugar, butter and fruit, baked until it is brown", 70);
        created("Lemonade", "Cold water with juice and ice, to be drunk from a glass", 5);

        assertThat(found("stew for dinner", "{\"minutes\": {\"$lt\": 60}}").getFirst())
                .isEqualTo(soup);
        assertThat(sent("GET", ALL, null, 200).getJsonArray("items")).hasSize(3);

        patched(soup, "\"7\"", "{\"minutes\": 61}", 412);
        patched(soup, "\"1\"", "{\"minutes\": 61}", 200);
        assertThat(found("stew for dinner", "{\"minutes\": {\"$lt\": 60}}")).doesNotContain(soup);
        patched(soup, "\"2\"", "{\"body\": \"Ice, cream and sugar, frozen\", \"minutes\": null}", 200);
        assertThat(found("frozen dessert", "{}").getFirst()).isEqualTo(soup);
        assertThat(outOfStep()).isZero();

        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        for (int kill = 0; kill < KILLS; kill++) {
            killWhileWriting(acknowledged, (kill + 1) * BETWEEN_KILLS);
            assertThat(outOfStep()).as("after kill " + (kill + 1)).isZero();
        }
        long rows = number("select count(*) from recipe");
        assertThat(rows).isGreaterThanOrEqualTo(acknowledged.size());
        await().atMost(PATIENCE).until(() -> number("select count(*) from embedding_task") == 0);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(named("dish"))
                .hasSize((int) number("select count(*) from recipe where title like 'Dish%'"))
                .containsAll(remaining(acknowledged)));

        HttpResponse<String> deleted = service.send("DELETE", ALL + "/" + soup, null, "Prefer", "wait=60");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(found("frozen dessert", "{}")).doesNotContain(soup);
        assertThat(number("select count(*) from document where key = '" + soup + "'"))
                .isZero();
        assertThat(outOfStep()).isZero();
        assertThat(service.log()).doesNotContain("ERROR");
    }

    /** Each writer creates, changes and deletes until the service is gone. */
    private void killWhileWriting(Set<String> acknowledged, int enough) throws Exception {
        PackagedService victim = service;
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(victim, acknowledged)))
                .toList();
        await().atMost(PATIENCE).until(() -> acknowledged.size() >= enough);
        victim.kill();
        writers.forEach(CompletableFuture::join);
        service = started();
    }

    private static void write(PackagedService victim, Set<String> acknowledged) {
        try {
            for (int number = 0; true; number++) {
                HttpResponse<String> made =
                        victim.send("POST", ALL, recipe("Dish " + number, "A dish to be served", 1));
                if (made.statusCode() != 201) {
                    return;
                }
                String id = new JsonObject(made.body()).getString("id");
                if (number % 3 == 0) {
                    victim.send("DELETE", ALL + "/" + id, null);
                    continue;
                }
                acknowledged.add(id);
                victim.send("PUT", ALL + "/" + id, recipe("Dish " + number, "Another dish to be served", number % 100));
            }
        } catch (IOException killed) {
            assertThat(killed).isNotNull();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Set<String> remaining(Set<String> acknowledged) throws SQLException {
        Set<String> rows = strings("select cast(id as text) from recipe");
        assertThat(rows).containsAll(acknowledged);
        return acknowledged;
    }

    private static String recipe(String title, String body, int minutes) {
        return new JsonObject()
                .put("title", title)
                .put("body", body)
                .put("minutes", minutes)
                .encode();
    }

    private String created(String title, String body, int minutes) throws Exception {
        HttpResponse<String> answer = service.send("POST", ALL, recipe(title, body, minutes), "Prefer", "wait=60");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("id");
    }

    private void patched(String id, String version, String patch, int status) throws Exception {
        HttpResponse<String> answer =
                service.send("PATCH", ALL + "/" + id, patch, "If-Match", version, "Prefer", "wait=60");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    /** The ids of what is found by meaning. */
    private List<String> found(String query, String filter) throws Exception {
        return searched(
                new JsonObject().put("query", query).put("mode", "vector").put("filter", new JsonObject(filter)));
    }

    /** The ids of what has a word. */
    private List<String> named(String word) throws Exception {
        return searched(
                new JsonObject().put("query", word).put("mode", "keyword").put("limit", 1000));
    }

    private List<String> searched(JsonObject search) throws Exception {
        JsonArray items = sent("POST", ALL + "/search", search.encode(), 200).getJsonArray("items");
        return IntStream.range(0, items.size())
                .mapToObj(place ->
                        items.getJsonObject(place).getJsonObject("record").getString("id"))
                .toList();
    }

    private JsonObject sent(String method, String address, String body, int status) throws Exception {
        HttpResponse<String> answer = service.send(method, address, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }

    private PackagedService started() throws Exception {
        return PackagedService.start(
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.index.directory=" + folder.resolve("index"),
                "tandem.index.commit-interval=500ms",
                "tandem.sync.embedding-lease=3s",
                "tandem.callers.share=1");
    }

    private long outOfStep() throws SQLException {
        return number(OUT_OF_STEP);
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(strings(query).iterator().next());
    }

    private Set<String> strings(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Set<String> strings = ConcurrentHashMap.newKeySet();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
