package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ByFilterApiTest {

    private static final String ASYNC = "respond-async";

    @Inject
    Jobs jobs;

    @Test
    void whatMatchesIsDeletedAndNothingElse() throws SQLException {
        String name = withDocuments(20);
        json("{\"filter\": {\"n\": {\"$lt\": 5}}}")
                .header("Prefer", "wait=60")
                .post(documents(name) + ":delete")
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", notNullValue())
                .header("Preference-Applied", "wait=60")
                .body("matched", equalTo(5))
                .body("deleted", equalTo(5))
                .body("updated", nullValue());
        assertThat(count(name)).isEqualTo(15);
        search(name, "everywhere").then().body("items", hasSize(15));
        delete(name, "{\"filter\": {\"n\": {\"$lt\": 5}}}")
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", nullValue())
                .body("matched", equalTo(0))
                .body("deleted", equalTo(0));
        delete(name, "{\"filter\": {}}").then().statusCode(200).body("deleted", equalTo(15));
        assertThat(count(name)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void aDryRunOnlyCounts(String verb) throws SQLException {
        String name = withDocuments(10);
        json("{\"filter\": {\"n\": {\"$gte\": 4}}, \"dryRun\": true" + patch(verb) + "}")
                .post(documents(name) + ":" + verb)
                .then()
                .statusCode(200)
                .body("", equalTo(java.util.Map.of("matched", 6)));
        assertThat(count(name)).isEqualTo(10);
        assertThat(number(name, "max(version)")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void tooManyAreLeftAlone(String verb) throws SQLException {
        String name = withDocuments(10);
        String body = "{\"filter\": {}, \"maxAffected\": 9" + patch(verb) + "}";
        problem(json(body).post(documents(name) + ":" + verb), 409, "documents.too_many")
                .body("matched", equalTo(10));
        problem(json(body).header("Prefer", ASYNC).post(documents(name) + ":" + verb), 409, "documents.too_many");
        problem(
                json(body.replace("\"maxAffected\"", "\"dryRun\": true, \"maxAffected\""))
                        .post(documents(name) + ":" + verb),
                409,
                "documents.too_many");
        assertThat(count(name)).isEqualTo(10);
        assertThat(number(name, "max(version)")).isEqualTo(1);
        json(body.replace("9", "10"))
                .post(documents(name) + ":" + verb)
                .then()
                .statusCode(200)
                .body("matched", equalTo(10));
    }

    /** Together they would not fit in memory. One that is too large by itself is processed alone. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void aFewLargeOnesAreAJobsWork(String verb) throws SQLException {
        String name = withDocuments(7);
        Database.execute(
                "update document set content = repeat(key, 30000 * (1 + (key = 'k3')::int)) from collection"
                        + " where collection_id = collection.id and name = ? and key <> 'k0'",
                name);
        Response answer = json("{\"filter\": {}" + patch(verb) + "}").post(documents(name) + ":" + verb);
        answer.then().statusCode(202);
        UUID id = UUID.fromString(answer.path("id"));
        assertThat(jobs.ended(id).done()).isEqualTo(7);
        assertThat(verb.equals("delete") ? 7 - count(name) : number(name, "count(*) filter (where version = 2)"))
                .isEqualTo(7);
    }

    @Test
    void anUpdatePatchesWhatMatches() {
        String name = withDocuments(3);
        update(
                        name,
                        "{\"filter\": {\"n\": {\"$gt\": 0}}, \"patch\": {\"title\": \"New\", \"metadata\": {\"n\": null, \"a\": {\"b\": 1}}}}")
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", notNullValue())
                .body("matched", equalTo(2))
                .body("updated", equalTo(2))
                .body("unchanged", equalTo(0))
                .body("failed", equalTo(0))
                .body("errors", hasSize(0))
                .body("deleted", nullValue());
        given().get(documents(name) + "/k1")
                .then()
                .body("title", equalTo("New"))
                .body("content", equalTo("everywhere w1"))
                .body("metadata.a.b", equalTo(1))
                .body("metadata.n", nullValue())
                .body("version", equalTo(2));
        given().get(documents(name) + "/k0")
                .then()
                .body("title", nullValue())
                .body("metadata.n", equalTo(0))
                .body("version", equalTo(1));
    }

    @Test
    void whatIsSoAlreadyIsNotWritten() {
        String name = Api.collection();
        for (int i = 0; i < 4; i++) {
            Api.put(name, "k" + i, "{\"content\": \"a\", \"metadata\": {\"n\": %d}}".formatted(i));
        }
        String body = "{\"filter\": {}, \"patch\": {\"metadata\": {\"n\": 2}}}";
        update(name, body).then().body("updated", equalTo(3)).body("unchanged", equalTo(1));
        update(name, body)
                .then()
                .statusCode(200)
                .header("Tandem-Sequence", nullValue())
                .body("matched", equalTo(4))
                .body("updated", equalTo(0))
                .body("unchanged", equalTo(4));
        given().get(documents(name) + "/k2").then().body("version", equalTo(1));
    }

    @Test
    void whatWouldBreakRulesStaysAndIsNamed() {
        String name = Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, "
                + "\"metadataSchema\": {\"properties\": {\"n\": {\"type\": \"integer\"}, \"m\": {\"const\": 1}}, "
                + "\"dependentRequired\": {\"locked\": [\"n\"]}}");
        Api.put(name, "free", "{\"content\": \"a\", \"metadata\": {\"n\": 1}}");
        Api.put(name, "locked", "{\"content\": \"a\", \"metadata\": {\"n\": 1, \"locked\": true}}");
        update(name, "{\"filter\": {\"n\": 1}, \"patch\": {\"metadata\": {\"n\": null}}}")
                .then()
                .statusCode(200)
                .body("matched", equalTo(2))
                .body("updated", equalTo(1))
                .body("failed", equalTo(1))
                .body("errors.key", equalTo(List.of("locked")))
                .body("errors[0].pointer", equalTo("/metadata"))
                .body("errors[0].code", notNullValue())
                .body("errors[0].message", notNullValue());
        given().get(documents(name) + "/locked")
                .then()
                .body("metadata.n", equalTo(1))
                .body("version", equalTo(1));
        given().get(documents(name) + "/free").then().body("metadata.n", nullValue());
    }

    /** This schema doubles the work with each level until the check is stopped, for each document again. */
    @Test
    void aCostlySchemaHoldsUpNoEventLoop() throws Exception {
        StringBuilder schema =
                new StringBuilder("{\"properties\": {\"z\": {\"$ref\": \"#/$defs/d0\"}}, \"$defs\": {\"d30\": true");
        for (int i = 0; i < 30; i++) {
            schema.append(", \"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]}"
                    .formatted(i, i + 1, i + 1));
        }
        String name = Api.collection(
                "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"metadataSchema\": " + schema.append("}}"));
        insert(name, 20);
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() -> update(name, "{\"filter\": {}" + patch("update") + "}"));
        Set<String> judging = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> threadsIn(
                                "dev.tandem.service.byfilter.UpdateByFilter",
                                "dev.tandem.factory.schema.MetadataSchema"),
                        names -> !names.isEmpty());
        assertThat(judging).allMatch(thread -> thread.startsWith("tandem-update-"));
        answer.join().then().statusCode(200).body("failed", equalTo(20));
    }

    /** The names of the threads that are in methods of both classes at the moment. */
    private static Set<String> threadsIn(String outer, String inner) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Stream.of(outer, inner).allMatch(type -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith(type))))
                .map(thread -> thread.getKey().getName())
                .collect(Collectors.toSet());
    }

    @Test
    void aVectorIsKeptUnlessThePatchSpeaksOfIt() throws SQLException {
        String name = Api.collection();
        Api.put(name, "k", "{\"content\": \"a\", \"vector\": [1, 0, 0]}");
        update(name, "{\"filter\": {}, \"patch\": {\"metadata\": {\"n\": 1}}}")
                .then()
                .body("updated", equalTo(1));
        assertThat(chunks(name)).isEqualTo(1);
        update(name, "{\"filter\": {}, \"patch\": {\"vector\": [0, 1, 0]}}")
                .then()
                .body("updated", equalTo(1));
        json("{\"vector\": [0, 1, 0]}")
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .statusCode(200);
        update(name, "{\"filter\": {}, \"patch\": {\"vector\": null}}").then().body("updated", equalTo(1));
        assertThat(chunks(name)).isZero();
        update(name, "{\"filter\": {}, \"patch\": {\"vector\": [1]}}")
                .then()
                .body("failed", equalTo(1))
                .body("errors[0].pointer", equalTo("/vector"));
    }

    @Thorough
    @Test
    void manyAreDeletedByAJob() throws SQLException {
        String name = withDocuments(5_000);
        String location = delete(name, "{\"filter\": {\"n\": {\"$gte\": 10}}}")
                .then()
                .statusCode(202)
                .header("Location", matchesPattern("/v1/jobs/[0-9a-f-]{36}"))
                .header("Retry-After", "1")
                .body("kind", equalTo("delete"))
                .body("collection", equalTo(name))
                .body("progress.total", equalTo(4_990))
                .extract()
                .header("Location");
        Job job = ended(location);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(4_990);
        assertThat(job.total()).isEqualTo(4_990);
        assertThat(count(name)).isEqualTo(10);
        int sequence = given().get(location).then().extract().path("sequence");
        json("{\"query\": \"everywhere\", \"limit\": 1000}")
                .header("Tandem-Sequence", sequence)
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .statusCode(200)
                .body("items", hasSize(10))
                .body("warnings", hasSize(org.hamcrest.Matchers.lessThanOrEqualTo(1)));
        given().get(COLLECTIONS + "/" + name + "/stats")
                .then()
                .body("documents", equalTo(10))
                .body("index.lag", equalTo(0));
    }

    /** After the patch, some documents no longer match and others match again. Still, each is patched once. */
    @Test
    void manyAreUpdatedByAJobOnceEach() throws SQLException {
        String name = withDocuments(1_000);
        Job job = ended(update(name, "{\"filter\": {\"$not\": {\"m\": 7}}, \"patch\": {\"metadata\": {\"m\": 7}}}")
                .then()
                .statusCode(202)
                .body("kind", equalTo("update"))
                .extract()
                .header("Location"));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(1_000);
        assertThat(number(name, "min(version)")).isEqualTo(2);
        assertThat(number(name, "max(version)")).isEqualTo(2);
        assertThat(number(name, "count(*) filter (where metadata @@ '$.m == 7')"))
                .isEqualTo(1_000);
    }

    @Test
    void aFewAreLeftToAJobOnRequest() throws SQLException {
        String name = withDocuments(3);
        String location = json("{\"filter\": {}}")
                .header("Prefer", ASYNC)
                .post(documents(name) + ":delete")
                .then()
                .statusCode(202)
                .header("Preference-Applied", ASYNC)
                .body("state", equalTo("queued"))
                .extract()
                .header("Location");
        assertThat(ended(location).done()).isEqualTo(3);
        assertThat(count(name)).isZero();
        Job empty = ended(json("{\"filter\": {}}")
                .header("Prefer", ASYNC)
                .post(documents(name) + ":delete")
                .then()
                .statusCode(202)
                .extract()
                .header("Location"));
        assertThat(empty.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(empty.done()).isZero();
    }

    /** jsonb stores this as a whole number that is too large for metadata in that form. */
    @Test
    void aJobReadsLargeNumbersAsARequestDoes() {
        String body =
                "{\"filter\": {\"n\": {\"$lt\": 1e19}}, \"patch\": {\"metadata\": {\"large\": 9223372036854775808.0, \"list\": [1e300]}}}";
        String direct = withDocuments(3);
        update(direct, body).then().statusCode(200).body("updated", equalTo(3));
        String async = withDocuments(3);
        Job job = ended(json(body)
                .header("Prefer", ASYNC)
                .post(documents(async) + ":update")
                .then()
                .statusCode(202)
                .extract()
                .header("Location"));
        assertThat(job.failure()).isNull();
        assertThat(job.counts()).containsEntry("updated", 3L);
        for (String key : List.of("k0", "k1", "k2")) {
            Object expected = given().get(documents(direct) + "/" + key).path("metadata");
            given().get(documents(async) + "/" + key).then().body("metadata", equalTo(expected));
        }
    }

    /** Counting may take longer than a statement may, and no request waits for the count. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void aJobThatIsAskedForCountsByItself(String verb) throws SQLException {
        String name = withDocuments(3);
        String location = json("{\"filter\": {\"n\": {\"$lt\": 2}}" + patch(verb) + "}")
                .header("Prefer", ASYNC)
                .post(documents(name) + ":" + verb)
                .then()
                .statusCode(202)
                .body("progress.done", equalTo(0))
                .body("progress.total", nullValue())
                .extract()
                .header("Location");
        Job job = ended(location);
        assertThat(job.done()).isEqualTo(2);
        assertThat(job.total()).isEqualTo(2);
    }

    @Test
    void aJobNamesWhatItCouldNotPatch() {
        String name = withDocuments(120);
        String location = update(
                        name, "{\"filter\": {\"n\": {\"$lt\": 110}}, \"patch\": {\"title\": null, \"content\": null}}")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        Job job = ended(location);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isZero();
        assertThat(job.failed()).isEqualTo(110);
        String[] lines = given().get(location + "/errors")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .split("\n");
        assertThat(lines).hasSize(110).allMatch(line -> line.contains("\"code\":\"document.empty\""));
    }

    @Test
    void aJobWhoseCollectionGoesFails() throws SQLException {
        String name = withDocuments(1);
        given().delete(COLLECTIONS + "/" + name).then().statusCode(204);
        UUID id = UUID.randomUUID();
        Database.execute("""
                insert into job (id, kind, collection_id, collection, parameters, state, done, failed, sequence, attempts, due_at,
                                 cancel_requested, created_at)
                values (?, 'delete', ?, ?, '{"filter": {}, "until": "ffffffff-ffff-ffff-ffff-ffffffffffff"}', 'QUEUED', 0, 0, 0, 0, now(),
                        false, now())
                """, id, UUID.randomUUID(), name);
        Job job = jobs.ended(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("collection.not_found");
    }

    /** More documents may start to match while it runs. */
    @Test
    void aJobNeverAffectsMoreThanAllowed() throws SQLException {
        String name = withDocuments(120);
        UUID collection = (UUID) Database.column("select id from collection where name = ?", name)
                .getFirst();
        UUID id = UUID.randomUUID();
        Database.execute("""
                insert into job (id, kind, collection_id, collection, parameters, state, done, failed, sequence, attempts, due_at,
                                 cancel_requested, created_at)
                values (?, 'delete', ?, ?, '{"filter": {}, "maxAffected": 70, "until": "ffffffff-ffff-ffff-ffff-ffffffffffff"}', 'QUEUED',
                        0, 0, 0, 0, now(), false, now())
                """, id, collection, name);
        Job job = jobs.ended(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("documents.too_many");
        assertThat(job.done()).isEqualTo(50);
        assertThat(count(name)).isEqualTo(70);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void whatIsNotUnderstoodIsRefused(String verb) {
        String name = Api.collection();
        String at = documents(name) + ":" + verb;
        problem(json("{" + patch(verb).replaceFirst(", ", "") + "}").post(at), 400, "filter.missing");
        problem(json("{\"filter\": null" + patch(verb) + "}").post(at), 400, "filter.missing");
        problem(
                json("{\"filter\": {\"a\": {\"$x\": 1}}" + patch(verb) + "}").post(at),
                400,
                "/filter/a/$x",
                "filter.unknown_operator");
        problem(
                json("{\"filter\": {}, \"maxAffected\": -1" + patch(verb) + "}").post(at),
                400,
                "parameter.max_affected");
        problem(json("{\"filter\": {}, \"all\": true" + patch(verb) + "}").post(at), 400, "json.unknown_field");
        problem(json("{\"filter\": []" + patch(verb) + "}").post(at), 400, "json.wrong_type");
        problem(json("{").post(at), 400, "json.malformed");
        problem(json("").post(at), 400, "json.missing");
        problem(json("x").contentType("text/plain").post(at), 415, "http.unsupported_media_type");
        problem(
                json("{\"filter\": {}" + patch(verb) + "}").post(documents("nowhere") + ":" + verb),
                404,
                "collection.not_found");
    }

    @Test
    void aPatchIsJudgedBeforeAnythingIsDone() {
        String at = documents(Api.collection()) + ":update";
        problem(json("{\"filter\": {}}").post(at), 400, "patch.missing");
        problem(
                json("{\"filter\": {}, \"patch\": {\"titel\": \"x\"}}").post(at),
                400,
                "/patch/titel",
                "json.unknown_field");
        problem(json("{\"filter\": {}, \"patch\": {\"title\": 5}}").post(at), 400, "/patch/title", "json.wrong_type");
        problem(
                json("{\"filter\": {}, \"patch\": {\"metadata\": 5}}").post(at),
                400,
                "/patch/metadata",
                "json.wrong_type");
        problem(
                json("{\"filter\": {}, \"patch\": {\"key\": \"x\"}}").post(at),
                422,
                "/patch/key",
                "document.key.immutable");
        // Neither a document nor a job could store this.
        problem(patched(at, "{\"title\": \"a\\u0000\"}"), 422, "/patch/title", "text.nul");
        problem(patched(at, "{\"content\": \"\\ud800\"}"), 422, "/patch/content", "text.surrogate");
        problem(patched(at, "{\"metadata\": {\"a\": [\"\\u0000\"]}}"), 422, "/patch/metadata/a/0", "text.nul");
        problem(patched(at, "{\"metadata\": {\"a\": 1e999}}"), 422, "/patch/metadata/a", "metadata.number");
        problem(patched(at, "{\"vector\": [1e99]}"), 422, "/patch/vector/0", "vector.not_finite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void aCollectionThatWantsVersionsGetsNoFilter(String verb) throws SQLException {
        String name =
                Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"requireIfMatch\": true");
        insert(name, 1);
        problem(
                json("{\"filter\": {}" + patch(verb) + "}").post(documents(name) + ":" + verb),
                428,
                "precondition.required");
        assertThat(count(name)).isEqualTo(1);
    }

    /** After the count, another request was faster. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void whatStopsMatchingMeanwhileIsLeftAlone(String verb) throws Exception {
        String name = withDocuments(3);
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.execute(other, """
                    update document set metadata = '{"n": 7}', version = 2
                    where key = 'k1' and collection_id = (select id from collection where name = ?)
                    """, name);
            String body = "{\"filter\": {\"n\": {\"$lt\": 5}}" + patch(verb) + "}";
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(() -> json(body).post(documents(name) + ":" + verb));
            await().atMost(PATIENCE).until(() -> Database.number("""
                            select count(*) from pg_stat_activity
                            where wait_event_type = 'Lock' and application_name = 'tandem'
                            """) > 0);
            other.commit();
            answer.join().then().statusCode(200).body("matched", equalTo(2));
        }
        given().get(documents(name) + "/k1")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("metadata.z", nullValue());
    }

    /** How large it is, nobody has looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void whatBeginsToMatchMeanwhileIsLeftAlone(String verb) throws Exception {
        String name = withDocuments(3);
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            // Rows can be read but not locked: the request has found its documents, and waits for their locks.
            Database.execute(other, "lock table document in exclusive mode");
            String body = "{\"filter\": {\"n\": {\"$lt\": 2}}" + patch(verb) + "}";
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(() -> json(body).post(documents(name) + ":" + verb));
            await().atMost(PATIENCE).until(() -> Database.number("""
                            select count(*) from pg_stat_activity
                            where wait_event_type = 'Lock' and application_name = 'tandem' and query like '%for%update%'
                            """) > 0);
            Database.execute(other, """
                    update document set metadata = '{"n": 1}', version = 2
                    where key = 'k2' and collection_id = (select id from collection where name = ?)
                    """, name);
            other.commit();
            answer.join().then().statusCode(200).body("matched", equalTo(2));
        }
        given().get(documents(name) + "/k2")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("metadata.z", nullValue());
    }

    /** The documents changed by the job also name their author. */
    @Test
    void aRequestThatIsSentAgainBeginsNoSecondJob() throws SQLException {
        String name = withDocuments(120);
        String key = UUID.randomUUID().toString();
        String body = "{\"filter\": {}, \"patch\": {\"metadata\": {\"z\": 1}}}";
        Response first = json(body)
                .header("Idempotency-Key", key)
                .header("Tandem-Author", "ada")
                .post(documents(name) + ":update");
        first.then().statusCode(202);
        ended(first.header("Location"));
        json(body)
                .header("Idempotency-Key", key)
                .header("Tandem-Author", "ada")
                .post(documents(name) + ":update")
                .then()
                .statusCode(202)
                .header("Idempotent-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location")))
                .body("id", equalTo(first.path("id")));
        given().get("/v1/jobs?collection=" + name).then().body("items", hasSize(1));
        given().get(documents(name) + "/k1/revisions").then().body("items[0].author", equalTo("ada"));
        String again = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            json("{\"filter\": {\"n\": 1}}")
                    .header("Idempotency-Key", again)
                    .post(documents(name) + ":delete")
                    .then()
                    .statusCode(200)
                    .header("Tandem-Sequence", notNullValue())
                    .body("deleted", equalTo(1));
        }
    }

    @Test
    void documentsOfOthersAreNeverTouched() throws SQLException {
        String mine = withDocuments(5);
        String theirs = withDocuments(5);
        delete(mine, "{\"filter\": {}}").then().body("deleted", equalTo(5));
        assertThat(count(theirs)).isEqualTo(5);
        given().get(documents(theirs)).then().body("items.key", containsInAnyOrder("k0", "k1", "k2", "k3", "k4"));
    }

    private static Response patched(String at, String patch) {
        return json("{\"filter\": {}, \"patch\": " + patch + "}")
                .header("Prefer", ASYNC)
                .post(at);
    }

    private static String patch(String verb) {
        return verb.equals("update") ? ", \"patch\": {\"metadata\": {\"z\": 1}}" : "";
    }

    private static Response delete(String name, String body) {
        return json(body).post(documents(name) + ":delete");
    }

    private static Response update(String name, String body) {
        return json(body).post(documents(name) + ":update");
    }

    private static Response search(String name, String words) {
        return json("{\"query\": \"" + words + "\", \"limit\": 1000}").post(COLLECTIONS + "/" + name + "/search");
    }

    private Job ended(String location) {
        return jobs.ended(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)));
    }

    private static String withDocuments(int count) {
        String name = Api.collection();
        insert(name, count);
        return name;
    }

    /** {@code k0}, {@code k1} and so on, each with its number in the metadata. */
    private static void insert(String name, int count) {
        try {
            Database.execute("""
                    with added as (
                        insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                              created_at, updated_at)
                        select gen_random_uuid(), collection.id, 'k' || n, 'everywhere w' || n, jsonb_build_object('n', n),
                               encode(sha256(convert_to('w' || n, 'UTF8')), 'hex'), 1, 1, now(), now()
                        from collection, generate_series(0, ? - 1) as n where name = ? returning id, collection_id)
                    insert into change (collection_id, document_id, kind) select collection_id, id, 'SAVED' from added
                    """, count, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String name) throws SQLException {
        return number(name, "count(*)");
    }

    private static long number(String name, String expression) throws SQLException {
        return Database.number(
                "select " + expression
                        + " from document where collection_id = (select id from collection where name = ?)",
                name);
    }

    private static long chunks(String name) throws SQLException {
        return Database.number(
                "select count(*) from chunk where document_id in (select document.id from document "
                        + "join collection on collection.id = collection_id where name = ?)",
                name);
    }
}
