package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fields that the stats of a collection say are used. */
@QuarkusTest
class FieldUsesApiTest {

    private String name = "";

    @BeforeEach
    void twoDocuments() {
        name = Api.collection();
        Api.put(name, "a", "{\"title\": \"tea\", \"metadata\": {\"year\": 2001, \"kind\": \"tea\"}}");
        Api.put(name, "b", "{\"title\": \"rum\", \"metadata\": {\"year\": 2002, \"kind\": \"rum\"}}");
    }

    @Test
    void nothingIsUsedAtFirst() {
        given().get(documents(name)).then().statusCode(200);
        given().get(documents(name) + "?sort=-title&count=exact").then().statusCode(200);
        assertThat(stats().getList("fields")).isEmpty();
    }

    @Test
    void listsAreCounted() {
        list("{\"kind\": \"tea\", \"year\": {\"$gt\": 2000}}", "");
        list("{\"kind\": {\"$in\": [\"tea\"]}}", "?count=exact");
        list("{\"$not\": {\"kind\": \"tea\"}}", "?include=vector");
        list("{}", "?sort=-metadata.year,title");
        assertThat(used()).isEqualTo(Map.of("kind", List.of(3, 2, 0, 1, 0), "year", List.of(2, 0, 1, 0, 1)));
        JsonPath stats = stats();
        assertThat(stats.getDouble("fields[0].meanSeconds")).isPositive();
        assertThat(stats.getDouble("fields[0].p95Seconds")).isPositive();
        assertThat(stats.getMap("fields[0]")).doesNotContainKey("advice");
    }

    @Test
    void facetsAreCountedOnce() {
        json("{\"filter\": {\"kind\": \"tea\"}, \"facets\": {\"kind\": {\"top\": 2, \"withoutOwn\": true}, \"year\": {\"stats\": true}}}")
                .post(documents(name) + ":facets")
                .then()
                .statusCode(200);
        assertThat(used()).isEqualTo(Map.of("kind", List.of(1, 1, 0, 0, 0)));
    }

    @Test
    void changesByFilterAreCountedOnce() {
        json("{\"filter\": {\"year\": {\"$lt\": 2002}}, \"dryRun\": true}")
                .post(documents(name) + ":delete")
                .then()
                .statusCode(200);
        json("{\"filter\": {\"year\": {\"$lt\": 2002}}}")
                .post(documents(name) + ":delete")
                .then()
                .statusCode(200);
        assertThat(used()).isEqualTo(Map.of("year", List.of(2, 0, 2, 0, 0)));
    }

    @Test
    void searchesAreNotCounted() {
        json("{\"query\": \"tea\", \"mode\": \"keyword\", \"filter\": {\"kind\": \"tea\"}}")
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .statusCode(200);
        assertThat(used()).isEmpty();
    }

    @Test
    void anAliasCountsForItsCollection() {
        String alias = Api.freeName();
        json("{\"collection\": \"%s\"}".formatted(name))
                .put("/v1/aliases/" + alias)
                .then()
                .statusCode(201);
        given().get(documents(alias) + "?sort=metadata.year").then().statusCode(200);
        assertThat(used()).isEqualTo(Map.of("year", List.of(1, 0, 0, 0, 1)));
    }

    @Thorough
    @Test
    void onlyWhatAnIndexServesIsToBeDeclared() throws SQLException {
        Database.execute("""
                insert into document (id, collection_id, key, title, metadata, content_hash, version, text_version, created_at, updated_at)
                select gen_random_uuid(), collection.id, 'k' || n, 'tea', jsonb_build_object('n', n, 'm', n, 'r', n), 'none', 1, 1, now(), now()
                from collection, generate_series(1, ?) as n where name = ?
                """, 60_000, name);
        for (int i = 0; i < 21; i++) {
            list("{}", "?limit=1000&sort=metadata.n,title");
            list("{}", "?limit=1000&sort=metadata.m");
            list("{\"r\": {\"$gt\": 1}}", "?limit=1000&sort=metadata.r");
        }
        assertThat(stats().<Map<String, Object>>getList("fields").stream()
                        .collect(Collectors.toMap(field -> field.get("path"), field -> field.get("advice"))))
                .isEqualTo(Map.of("n", "narrow", "m", "declare", "r", "narrow"));
    }

    /** What a client copies from the stats is what a collection takes. */
    @Test
    void pathsAreWrittenAsIndexesAre() {
        list("{\"\\\\$x\": 1}", "?sort=metadata.a\\.b");
        List<String> paths = stats().getList("fields.path");
        assertThat(paths).containsExactlyInAnyOrder("\\$x", "a\\.b");
        json(Json.encode(Map.of("indexes", paths)))
                .patch(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200);
        assertThat(stats().<String>getList("indexes.path")).containsExactlyInAnyOrderElementsOf(paths);
    }

    private void list(String filter, String more) {
        given().queryParam("filter", filter).get(documents(name) + more).then().statusCode(200);
    }

    private JsonPath stats() {
        return given().get(COLLECTIONS + "/" + name + "/stats").jsonPath();
    }

    /** By path: the statements, and those that compared for equality, with bounds, in another way, and that sorted. */
    private Map<String, List<Integer>> used() {
        return stats().<Map<String, Object>>getList("fields").stream()
                .collect(Collectors.toMap(
                        field -> (String) field.get("path"),
                        field -> List.of("statements", "equal", "range", "other", "sort").stream()
                                .map(member -> (Integer) field.get(member))
                                .toList()));
    }
}
