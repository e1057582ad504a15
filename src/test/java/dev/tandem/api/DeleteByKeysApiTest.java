package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are named by their keys, deleted in one call. */
@QuarkusTest
class DeleteByKeysApiTest {

    @Inject
    Jobs jobs;

    @Test
    void deletesTheseAndNoOthers() throws SQLException {
        String name = withDocuments(6);
        String other = withDocuments(6);
        json("{\"keys\": [\"k3\", \"none\", \"k1\", \"k3\", \"K2\"]}")
                .header("Prefer", "wait=60")
                .header("Tandem-Author", "ada")
                .post(documents(name) + ":delete")
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", notNullValue())
                .header("Preference-Applied", "wait=60")
                .body("", equalTo(Map.of("matched", 2, "deleted", 2, "missing", List.of("none", "K2"))));
        assertThat(count(name)).isEqualTo(4);
        assertThat(count(other)).isEqualTo(6);
        json("{\"query\": \"everywhere\", \"limit\": 10}")
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .body("items.key", containsInAnyOrder("k0", "k2", "k4", "k5"));
        given().get(documents(name) + "/k1/revisions")
                .then()
                .statusCode(200)
                .body("items[0].deletedBy", equalTo("ada"));
        delete(name, "{\"keys\": [\"k3\"]}")
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", nullValue())
                .body("", equalTo(Map.of("matched", 0, "deleted", 0, "missing", List.of("k3"))));
        delete(name, "{\"keys\": []}")
                .then()
                .statusCode(200)
                .body("", equalTo(Map.of("matched", 0, "deleted", 0, "missing", List.of())));
        assertThat(count(name)).isEqualTo(4);
    }

    @Test
    void aDryRunOnlyCounts() throws SQLException {
        String name = withDocuments(3);
        delete(name, "{\"keys\": [\"k0\", \"k2\", \"k7\"], \"dryRun\": true}")
                .then()
                .statusCode(200)
                .body("", equalTo(Map.of("matched", 2, "missing", List.of("k7"))));
        problem(
                delete(name, "{\"keys\": [\"k0\", \"k2\"], \"dryRun\": true, \"maxAffected\": 1}"),
                409,
                "documents.too_many");
        assertThat(count(name)).isEqualTo(3);
    }

    @Test
    void tooManyAreLeftAlone() throws SQLException {
        String name = withDocuments(4);
        String body = "{\"keys\": [\"k0\", \"k1\", \"k2\", \"none\"], \"maxAffected\": 2}";
        problem(delete(name, body), 409, "documents.too_many").body("matched", equalTo(3));
        problem(
                json(body).header("Prefer", "respond-async").post(documents(name) + ":delete"),
                409,
                "documents.too_many");
        assertThat(count(name)).isEqualTo(4);
        // Keys that no document has do not count.
        delete(name, body.replace("2}", "3}")).then().statusCode(200).body("deleted", equalTo(3));
    }

    @Test
    void aCollectionThatDemandsVersionsRefuses() throws SQLException {
        String name =
                Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"requireIfMatch\": true");
        insert(name, 2);
        for (String rest : List.of("", ", \"dryRun\": true")) {
            problem(delete(name, "{\"keys\": [\"k0\"]" + rest + "}"), 428, "precondition.required");
        }
        problem(
                json("{\"keys\": [\"k0\"]}").header("Prefer", "respond-async").post(documents(name) + ":delete"),
                428,
                "precondition.required");
        assertThat(count(name)).isEqualTo(2);
    }

    @Test
    void manyBecomeAJobThatNamesWhatIsMissing() throws SQLException {
        String name = withDocuments(320);
        String keys = keys(IntStream.range(100, 400));
        Response answer = delete(name, "{\"keys\": " + keys + "}");
        answer.then()
                .statusCode(202)
                .header("Location", notNullValue())
                .header("Retry-After", notNullValue())
                .body("kind", equalTo("delete_by_key"))
                .body("progress.total", equalTo(300));
        Job job = ended(answer);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(220);
        assertThat(job.failed()).isEqualTo(80);
        assertThat(job.counts()).isEqualTo(Map.of("deleted", 220L));
        assertThat(count(name)).isEqualTo(100);
        String[] errors =
                given().get(answer.header("Location") + "/errors").asString().split("\n");
        assertThat(errors).hasSize(80).allMatch(line -> line.contains("\"code\":\"document.not_found\""));
        assertThat(errors[0]).contains("\"key\":\"k320\"");
    }

    @Test
    void aFewLargeOnesAreAJobsWork() throws SQLException {
        String name = withDocuments(8);
        Database.execute(
                "update document set content = repeat(key, 30000) from collection"
                        + " where collection_id = collection.id and name = ?",
                name);
        Response answer = delete(name, "{\"keys\": " + keys(IntStream.range(0, 7)) + "}");
        answer.then().statusCode(202);
        assertThat(ended(answer).done()).isEqualTo(7);
        assertThat(count(name)).isEqualTo(1);
    }

    /** Not even one that takes over a key. */
    @Test
    void aJobDeletesNothingThatWasCreatedAfterwards() throws Exception {
        String name = withDocuments(3);
        Response answer;
        // Its row is locked, so that the job has to wait.
        try (Connection connection = Database.connect()) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement(
                    "delete from document using collection where collection.id = collection_id and name = ? and key = 'k1'")) {
                lock.setString(1, name);
                lock.executeUpdate();
            }
            answer = json("{\"keys\": [\"k0\", \"k1\", \"k9\"]}")
                    .header("Prefer", "respond-async")
                    .post(documents(name) + ":delete");
            answer.then().statusCode(202).header("Preference-Applied", "respond-async");
            connection.commit();
        }
        for (String key : List.of("k1", "k9")) {
            json("{\"title\": \"new\"}").put(documents(name) + "/" + key).then().statusCode(201);
        }
        Job job = ended(answer);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(1);
        assertThat(job.failed()).isEqualTo(2);
        given().get(documents(name)).then().body("items.key", containsInAnyOrder("k1", "k2", "k9"));
    }

    @Test
    void anIdempotencyKeyDeletesOnce() {
        String name = withDocuments(2);
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            json("{\"keys\": [\"k0\", \"none\"]}")
                    .header("Idempotency-Key", key)
                    .post(documents(name) + ":delete")
                    .then()
                    .statusCode(200)
                    .header("Tandem-Sequence", notNullValue())
                    .header("Idempotent-Replayed", i == 0 ? nullValue() : equalTo("true"))
                    .body("", equalTo(Map.of("matched", 1, "deleted", 1, "missing", List.of("none"))));
        }
        String async = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            json("{\"keys\": [\"k1\"]}")
                    .header("Idempotency-Key", async)
                    .header("Prefer", "respond-async")
                    .post(documents(name) + ":delete")
                    .then()
                    .statusCode(202);
        }
        given().get("/v1/jobs?collection=" + name).then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                           | 400 | /filter      | filter.missing",
                "{'filter': null, 'keys': null}               | 400 | /filter      | filter.missing",
                "{'filter': {}, 'keys': ['k0']}               | 400 | /keys        | keys.or_filter",
                "{'filter': {'n': 1}, 'keys': []}             | 400 | /keys        | keys.or_filter",
                "{'keys': ['k0'], 'maxAffected': -1}          | 400 | /maxAffected | parameter.max_affected",
                "{'keys': ['k0', null]}                       | 400 | /keys/1      | json.wrong_type",
                "{'keys': [0]}                                | 400 | /keys/0      | json.wrong_type",
                "{'keys': 'k0'}                               | 400 | /keys        | json.wrong_type",
                "{'keys': ['k0'], 'include': ['vector']}      | 400 | /include     | json.unknown_field",
                "{'keys': ['k0', '', '.']}                    | 422 | /keys/2      | document.key.dots",
                "{'keys': ['k0', '\\u0000']}                  | 422 | /keys/1      | text.nul",
            })
    void whatIsNotUnderstoodDeletesNothing(String body, int status, String pointer, String code) throws SQLException {
        String name = withDocuments(2);
        problem(delete(name, body.replace('\'', '"')), status, pointer, code);
        assertThat(count(name)).isEqualTo(2);
    }

    @Test
    void aThousandKeysAndNotOneMore() throws SQLException {
        String name = withDocuments(1);
        problem(delete(name, "{\"keys\": " + keys(IntStream.range(0, 1001)) + "}"), 422, "/keys", "keys.too_many");
        assertThat(count(name)).isEqualTo(1);
        delete(name, "{\"keys\": " + keys(IntStream.range(0, 1000)) + "}")
                .then()
                .statusCode(200)
                .body("deleted", equalTo(1))
                .body("missing", hasSize(999));
        problem(delete(Api.freeName(), "{\"keys\": [\"k0\"]}"), 404, "collection.not_found");
    }

    /** An update is by filter only. */
    @Test
    void anUpdateTakesNoKeys() {
        problem(
                json("{\"keys\": [\"k0\"], \"patch\": {}}").post(documents(withDocuments(1)) + ":update"),
                400,
                "/keys",
                "json.unknown_field");
    }

    private static Response delete(String name, String body) {
        return json(body).post(documents(name) + ":delete");
    }

    private Job ended(Response answer) {
        return jobs.ended(UUID.fromString(answer.path("id")));
    }

    private static String keys(IntStream numbers) {
        return numbers.mapToObj(n -> "\"k" + n + "\"").collect(Collectors.joining(", ", "[", "]"));
    }

    private static String withDocuments(int count) {
        String name = Api.collection();
        insert(name, count);
        return name;
    }

    /** {@code k0}, {@code k1} and so on. */
    private static void insert(String name, int count) {
        try {
            Database.execute("""
                    with added as (
                        insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                              created_at, updated_at)
                        select gen_random_uuid(), collection.id, 'k' || n, 'everywhere w' || n, '{}', 'none', 1, 1, now(), now()
                        from collection, generate_series(0, ? - 1) as n where name = ? returning id, collection_id)
                    insert into change (collection_id, document_id, kind) select collection_id, id, 'SAVED' from added
                    """, count, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String name) throws SQLException {
        return Database.number(
                "select count(*) from document where collection_id = (select id from collection where name = ?)", name);
    }
}
