package dev.tandem.service.job;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.ProbeWork;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobWatchComponentTest {

    @Inject
    JobService service;

    @Inject
    ProbeWork probe;

    @Inject
    Jobs jobs;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        probe.reset();
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void removeCollection() {
        probe.reset();
        world.delete(owner);
    }

    /** Otherwise a stop would wait for them as for any request. */
    @Test
    void whoeverListensIsLeftInTheEnd() {
        probe.hold(1);
        UUID id = jobs.probe(owner, 1);
        await().atMost(PATIENCE).until(() -> probe.held() == 1);
        JobWatch watch = new JobWatch(service);
        AssertSubscriber<Job> listener =
                watch.listen(id).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        listener.awaitItems(1, PATIENCE);
        assertThat(watch.listeners()).isEqualTo(1);
        watch.close();
        listener.awaitCompletion(PATIENCE);
        await().atMost(PATIENCE).until(() -> watch.listeners() == 0);
        assertThat(get(watch.listen(id).collect().asList())).extracting(Job::id).containsExactly(id);
        await().atMost(PATIENCE).until(() -> watch.listeners() == 0);
    }
}
