package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.index.IndexConfig;
import dev.tandem.service.job.JobConfig;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.ProbeWork;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MaintenanceApiTest {

    @Inject
    World world;

    @Inject
    Jobs jobs;

    @Inject
    FakeEmbedder embedder;

    @Inject
    ProbeWork probe;

    @Inject
    JobConfig jobConfig;

    @Inject
    IndexConfig indexConfig;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        embedder.reset();
        owner = world.collection(CollectionSamples.fakeModel());
    }

    @AfterEach
    void removeCollection() {
        embedder.reset();
        probe.reset();
        world.delete(owner);
    }

    @Thorough
    @Test
    void everythingOfTheModelIsEmbeddedAgain() throws SQLException {
        for (int i = 0; i < 120; i++) {
            world.put(owner, "key" + i, "everywhere " + i);
        }
        Document own = world.put(
                owner,
                "own",
                "everywhere own",
                Map.of(),
                FakeEmbedder.vectorOf("else").toArray());
        world.settle(owner);
        Database.execute(
                "update chunk set embedding = ? where document_id <> ?",
                Vector.of(new float[FakeEmbedder.DIMENSIONS]).toBytes(),
                own.id());
        int asked = embedder.chunks().size();
        Job job = ended(start("reembed")
                .then()
                .statusCode(202)
                .header("Location", matchesPattern("/v1/jobs/[0-9a-f-]{36}"))
                .header("Retry-After", "1")
                .body("kind", equalTo("reembed"))
                .body("collection", equalTo(owner.name())));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(120);
        assertThat(job.total()).isEqualTo(120);
        assertThat(embedder.chunks()).hasSize(asked + 120);
        assertThat(
                        Database.column(
                                        "select embedding from chunk join document on id = document_id where key = 'key7'")
                                .stream()
                                .map(bytes -> Vector.ofBytes((byte[]) bytes)))
                .contains(FakeEmbedder.vectorOf("everywhere 7"));
        assertThat(Database.number("select min(version) from document where collection_id = ?", owner.id()))
                .isEqualTo(1);
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
    }

    @Test
    void whatCanNotBeEmbeddedAgainIsNamed() {
        world.put(owner, "good", "good");
        embedder.cure();
        world.put(owner, "bad", FakeEmbedder.POISON);
        world.settle(owner);
        embedder.reset();
        Job job = ended(start("reembed").then().statusCode(202));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(1);
        assertThat(job.failed()).isEqualTo(1);
        assertThat(given().get("/v1/jobs/" + job.id() + "/errors").asString())
                .startsWith("{\"key\":\"bad\",\"pointer\":\"\",\"code\":\"document.not_embedded\",\"message\":\"")
                .contains("poison");
    }

    /** Vectors made with the old settings do not count. */
    @Test
    void whatIsBeingEmbeddedJustNowIsEmbeddedAgain() throws SQLException {
        embedder.hold();
        Document document = world.put(owner, "key", "text");
        await().atMost(PATIENCE)
                .until(() -> Database.number(
                                "select count(*) from embedding_task where document_id = ? and attempts = 1",
                                document.id())
                        == 1);
        UUID id = id(start("reembed").then().statusCode(202).extract().header("Location"));
        await().atMost(PATIENCE).until(() -> jobs.now(id).total() != null);
        embedder.release();
        assertThat(jobs.ended(id).done()).isEqualTo(1);
        assertThat(embedder.chunks().stream().filter("text"::equals)).hasSize(2);
    }

    @Test
    void withoutAModelThereIsNothingToEmbedAgain() {
        Collection own = world.collection(CollectionSamples.ownVectors(2));
        problem(post(own.name(), "reembed"), 422, "", "collection.embedding.none");
        problem(post("nowhere", "reembed"), 404, "collection.not_found");
        problem(post("nowhere", "rebuild"), 404, "collection.not_found");
        problem(
                given().urlEncodingEnabled(false).get(COLLECTIONS + "/" + own.name() + ":rebuild"),
                404,
                "collection.not_found");
        world.delete(own);
    }

    @Test
    void theIndexIsBuiltAnewBesideTheOldOne() throws SQLException, IOException {
        world.put(owner, "a", "everywhere a");
        world.put(owner, "b", "everywhere b");
        world.settle(owner);
        // Simulates an index that has lost something.
        Set<String> before = generations();
        Database.execute(
                "update document set content = 'everywhere c' where collection_id = ? and key = 'b'", owner.id());
        assertThat(world.byWords(owner, "c")).isEmpty();
        Job job = ended(start("rebuild").then().statusCode(202).body("kind", equalTo("rebuild")));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(1);
        assertThat(job.total()).isEqualTo(1);
        assertThat(job.sequence()).isPositive();
        assertThat(world.byWords(owner, "c")).hasSize(1);
        assertThat(generations()).doesNotContainAnyElementsOf(before);
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
        world.put(owner, "d", "everywhere d");
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
    }

    /** All runners are busy with other jobs. */
    private void keepTheRunnerBusy() {
        probe.hold(jobConfig.concurrency());
        for (int i = 0; i < jobConfig.concurrency(); i++) {
            jobs.probe(owner, 1);
        }
        await().atMost(PATIENCE).until(() -> probe.held() == jobConfig.concurrency());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reembed", "rebuild"})
    void whatIsOpenIsNotBegunTwice(String verb) throws SQLException {
        // A sample's creation time is arbitrary, and may be in the future.
        Database.execute("update collection set updated_at = now() where id = ?", owner.id());
        keepTheRunnerBusy();
        String first = location(verb);
        assertThat(location(verb)).isEqualTo(first);
        // The job may have missed something of settings that came later.
        given().contentType("application/merge-patch+json")
                .body("{\"description\": \"changed\"}")
                .patch(COLLECTIONS + "/" + owner.name())
                .then()
                .statusCode(200);
        String second = location(verb);
        assertThat(second).isNotEqualTo(first);
        given().urlEncodingEnabled(false).post(second + ":cancel").then().statusCode(200);
        String third = location(verb);
        assertThat(third).isNotIn(first, second);
        probe.release();
        jobs.ended(id(first));
        jobs.ended(id(third));
        assertThat(location(verb)).isNotIn(first, second, third);
    }

    @Test
    void tooManyJobsAreTurnedAway() throws SQLException {
        Database.execute("""
                insert into job (id, kind, collection_id, collection, parameters, state, done, failed, sequence, attempts, due_at,
                                 cancel_requested, created_at)
                select gen_random_uuid(), 'strange', ?, 'strange', '{}', 'QUEUED', 0, 0, 0, 0, now(), false, now()
                from generate_series(1, ?)
                """, owner.id(), jobConfig.open());
        try {
            problem(start("rebuild"), 503, "busy.jobs").header("Retry-After", "5");
        } finally {
            Database.execute("delete from job where kind = 'strange'");
        }
        ended(start("rebuild").then().statusCode(202));
    }

    private String location(String verb) {
        return start(verb).then().statusCode(202).extract().header("Location");
    }

    @Test
    void aCollectionThatGoesFailsWhatHasNotBegun() {
        world.put(owner, "key", "text");
        world.settle(owner);
        keepTheRunnerBusy();
        List<UUID> ids = Stream.of("reembed", "rebuild")
                .map(verb -> id(start(verb).then().statusCode(202).extract().header("Location")))
                .toList();
        world.delete(owner);
        probe.release();
        ids.forEach(this::assertFailedWithoutItsCollection);
        owner = world.collection(CollectionSamples.fakeModel());
    }

    @Test
    void aCollectionThatGoesFailsItsReembedding() throws SQLException {
        embedder.hold();
        world.put(owner, "key", "text");
        UUID id = id(start("reembed").then().statusCode(202).extract().header("Location"));
        await().atMost(PATIENCE).until(() -> jobs.now(id).total() != null);
        world.delete(owner);
        assertFailedWithoutItsCollection(id);
        embedder.release();
        owner = world.collection(CollectionSamples.fakeModel());
    }

    /** The log contains its request, but no index can be built from the documents while they are locked. */
    @Test
    void aCollectionThatGoesFailsItsRebuild() throws SQLException {
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.execute(other, "lock table document in access exclusive mode");
            UUID id = id(start("rebuild").then().statusCode(202).extract().header("Location"));
            await().atMost(PATIENCE).until(() -> jobs.now(id).sequence() > 0);
            Database.execute(other, "delete from collection where id = ?", owner.id());
            other.commit();
            assertFailedWithoutItsCollection(id);
        }
        owner = world.collection(CollectionSamples.fakeModel());
    }

    private void assertFailedWithoutItsCollection(UUID id) {
        Job job = jobs.ended(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("collection.not_found");
    }

    private Set<String> generations() throws IOException {
        try (Stream<Path> folders =
                Files.list(indexConfig.directory().resolve(owner.id().toString()))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private Response start(String verb) {
        return post(owner.name(), verb);
    }

    private static Response post(String name, String verb) {
        return given().urlEncodingEnabled(false).post(COLLECTIONS + "/" + name + ":" + verb);
    }

    private Job ended(io.restassured.response.ValidatableResponse answer) {
        return jobs.ended(id(answer.extract().header("Location")));
    }

    private static UUID id(String location) {
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }
}
