package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Damages;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReconcileApiTest {

    private static final Map<String, Long> IN_STEP =
            Map.of("missing", 0L, "stale", 0L, "orphaned", 0L, "unembedded", 0L);

    @Inject
    World world;

    @Inject
    Jobs jobs;

    @Inject
    Damages damages;

    @Inject
    FakeEmbedder embedder;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        embedder.reset();
        owner = world.collection(CollectionSamples.fakeModel());
    }

    @AfterEach
    void removeCollection() {
        world.delete(owner);
    }

    private void putMany(int count) {
        for (int i = 0; i < count; i++) {
            world.put(owner, "key" + i, "everywhere " + i);
        }
        world.settle(owner);
    }

    @Test
    void rowsAndIndexThatAreInStepAreSaidToBe() {
        Random random = new Random(11);
        putMany(60);
        for (int i = 0; i < 40; i++) {
            String key = "key" + random.nextInt(60);
            switch (random.nextInt(3)) {
                case 0 ->
                    world.delete(owner, world.put(owner, key, "everywhere gone").key());
                case 1 ->
                    world.put(
                            owner,
                            key,
                            "everywhere own",
                            Map.of("step", i),
                            FakeEmbedder.vectorOf("own" + i).toArray());
                default -> world.put(owner, key, "everywhere again " + i);
            }
        }
        world.put(owner, "umlauts", "everywhere äöü \uD83D\uDE00");
        world.settle(owner);
        Job job = reconcile("");
        assertThat(job.counts()).isEqualTo(IN_STEP);
        assertThat(job.done()).isEqualTo(world.stats(owner).documents()).isEqualTo(job.total());
        assertThat(job.failed()).isZero();
        assertThat(errors(job)).isEmpty();
    }

    @Test
    void whatDiffersIsReportedAndRepaired() throws SQLException {
        putMany(30);
        List<Document> all = new ArrayList<>();
        for (String key : List.of("lost", "old", "bare", "silent")) {
            all.add(world.put(owner, key, "everywhere " + key));
        }
        world.settle(owner);
        damages.lose(owner, all.get(0));
        damages.age(owner, all.get(1), "everywhere before");
        UUID orphan = damages.invent(owner, "everywhere nowhere");
        Database.execute("delete from chunk where document_id = ?", all.get(2).id());
        Database.execute(
                "update document set embedded_version = null where id = ?",
                all.get(2).id());
        Database.execute(
                "update document set version = 7 where id = ?", all.get(3).id());
        Map<String, Long> counts = Map.of("missing", 1L, "stale", 3L, "orphaned", 1L, "unembedded", 1L);

        Job report = reconcile("");
        assertThat(report.counts()).isEqualTo(counts);
        assertThat(report.failed()).isEqualTo(5);
        assertThat(errors(report))
                .hasSize(6)
                .anyMatch(line -> line.contains("\"key\":\"lost\"") && line.contains("\"index.missing\""))
                .anyMatch(line -> line.contains("\"key\":\"old\"") && line.contains("\"index.stale\""))
                .anyMatch(line -> line.contains("\"key\":\"bare\"") && line.contains("\"document.unembedded\""))
                .anyMatch(line -> line.contains(orphan.toString()) && line.contains("\"index.orphaned\""));
        assertThat(reconcile("").counts()).as("a report repairs nothing").isEqualTo(counts);

        Job repair = reconcile("?repair=true");
        assertThat(repair.failed()).isZero();
        assertThat(repair.counts()).containsAllEntriesOf(counts).containsEntry("repaired", 6L);
        assertThat(repair.sequence()).isPositive();
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
        assertThat(world.byWords(owner, "before")).isEmpty();
        assertThat(world.stats(owner).chunks()).isEqualTo(34);
        assertThat(reconcile("").counts()).isEqualTo(IN_STEP);
    }

    @Test
    void severalPiecesAreWalkedThrough() throws SQLException {
        Database.execute("""
                with added as (
                    insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                          created_at, updated_at)
                    select gen_random_uuid(), ?, 'bulk' || i, '', '{}', '', 1, 1, now(), now() from generate_series(1, 1700) as i
                    returning id, collection_id)
                insert into change (collection_id, document_id, kind) select collection_id, id, 'SAVED' from added
                """, owner.id());
        world.settle(owner);
        for (int i = 0; i < 60; i++) {
            damages.invent(owner, "everywhere");
        }
        Job job = reconcile("?repair=true");
        assertThat(job.done()).isEqualTo(1700);
        assertThat(job.counts()).containsEntry("orphaned", 60L).containsEntry("repaired", 60L);
        assertThat(reconcile("").counts()).isEqualTo(IN_STEP);
    }

    /** While rows and index change, a momentary difference is not reported. */
    @Thorough
    @Test
    void writersAreNoDifferences() throws Exception {
        putMany(20);
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> writing = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            for (int writer = 0; writer < 4; writer++) {
                Random random = new Random(writer);
                String prefix = "w" + writer + "-";
                writing.add(writers.submit(() -> {
                    while (!stop.get()) {
                        String key = prefix + random.nextInt(15);
                        world.put(owner, key, "everywhere " + random.nextInt());
                        if (random.nextInt(3) == 0) {
                            world.delete(owner, key);
                        }
                    }
                }));
            }
            try {
                for (int i = 0; i < 8; i++) {
                    Job job = reconcile("");
                    assertThat(job.counts()).as(() -> errors(job).toString()).isEqualTo(IN_STEP);
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> each : writing) {
                each.get();
            }
        }
        world.settle(owner);
        assertThat(reconcile("").counts()).isEqualTo(IN_STEP);
    }

    @Test
    void whatIsNotThereOrNotSaidIsRefused() {
        problem(post("nowhere", ""), 404, "collection.not_found");
        problem(post(owner.name(), "?repair=perhaps"), 400, "/repair", "parameter.choice");
        problem(post(owner.name(), "?mend=true"), 400, "/mend", "parameter.unknown");
    }

    private Job reconcile(String query) {
        String location = post(owner.name(), query)
                .then()
                .statusCode(202)
                .body("kind", equalTo("reconcile"))
                .extract()
                .header("Location");
        Job job = jobs.ended(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        return job;
    }

    private static List<String> errors(Job job) {
        return given().get("/v1/jobs/" + job.id() + "/errors")
                .asString()
                .lines()
                .toList();
    }

    private static Response post(String name, String query) {
        return given().urlEncodingEnabled(false).post(COLLECTIONS + "/" + name + ":reconcile" + query);
    }
}
