package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.service.embedding.Replicas;
import dev.tandem.testing.Bait;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.TestPolicy;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two running workers with short leases, and a model that takes longer. */
@QuarkusTest
class EmbeddingLeaseComponentTest {

    private static final TestPolicy SHORT = new TestPolicy(Duration.ofMillis(300));

    @Inject
    FakeEmbedder embedder;

    @Inject
    World world;

    @Inject
    Replicas replicas;

    @Inject
    SyncConfig config;

    @Inject
    Vertx vertx;

    private Bait bait;
    private Collection owner;
    private List<EmbeddingWorker> workers = List.of();

    @BeforeEach
    void begin() {
        embedder.reset();
        bait = new Bait(world, embedder);
        owner = world.collection(CollectionSamples.fakeModel());
        workers = List.of(worker(), worker());
    }

    @AfterEach
    void end() {
        workers.forEach(EmbeddingWorker::stop);
        embedder.reset();
        world.delete(owner);
        bait.close();
    }

    @Test
    void whatIsBeingEmbeddedIsNotBegunElsewhere() {
        embedder.hold();
        Document document = world.put(owner, "key", "text");
        workers.forEach(EmbeddingWorker::start);
        Set<Object> leases = new HashSet<>();
        await().atMost(PATIENCE).until(() -> {
            leases.addAll(Database.column(
                    "select lease_until from embedding_task where document_id = ? and lease_until is not null",
                    document.id()));
            return leases.size() > 12;
        });
        embedder.release();
        world.settle(owner);
        assertThat(embedder.chunks()).containsExactly("text");
    }

    private EmbeddingWorker worker() {
        return new EmbeddingWorker(replicas.next(SHORT).round(), SHORT, config, vertx);
    }
}
