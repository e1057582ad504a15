package dev.tandem.service.index.check;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Damages;
import dev.tandem.testing.Database;
import dev.tandem.testing.Logged;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SelfCheckingComponentTest {

    @Inject
    World world;

    @Inject
    Damages damages;

    @Inject
    SelfChecking checking;

    @Inject
    IndexCheckConfig config;

    @Inject
    MeterRegistry metrics;

    @Thorough
    @Test
    void whatDiffersIsCountedAndMendedHereAlone() throws SQLException {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        Collection sound = world.collection(CollectionSamples.ownVectors(2));
        Document lost = world.put(owner, "lost", "everywhere lost");
        Document old = world.put(owner, "old", "everywhere old");
        world.put(sound, "key", "everywhere");
        world.settle(owner);
        world.settle(sound);
        // Other tests have left collections whose rows they changed without the service's knowledge.
        walk();
        damages.lose(owner, lost);
        damages.age(owner, old, "everywhere before");
        damages.invent(owner, "everywhere nowhere");
        long changes = Database.number("select count(*) from change where collection_id = ?", owner.id());
        double missing = counted("missing");
        double stale = counted("stale");
        double orphaned = counted("orphaned");
        try (Logged logged = new Logged()) {
            walk();
            walk();
            assertThat(logged.lines().stream().filter(line -> line.contains(owner.name())))
                    .singleElement()
                    .asString()
                    .contains("MISSING=1", "STALE=1", "ORPHANED=1", "3 documents of the index were repaired");
            assertThat(logged.lines().stream().filter(line -> line.contains(sound.name())))
                    .isEmpty();
        }
        world.assertInStep(owner, "everywhere");
        assertThat(world.byWords(owner, "before")).isEmpty();
        assertThat(counted("missing") - missing).isEqualTo(1);
        assertThat(counted("stale") - stale).isEqualTo(1);
        assertThat(counted("orphaned") - orphaned).isEqualTo(1);
        assertThat(Database.number("select count(*) from change where collection_id = ?", owner.id()))
                .isEqualTo(changes);
        world.delete(owner);
        world.delete(sound);
    }

    /** Walks through every collection, and starts over. */
    private void walk() throws SQLException {
        long collections = Database.number("select count(*) from collection");
        // Large ones, which other tests may have left, take several pieces each.
        long further = Database.number("select count(*) from document") / config.documents();
        for (long i = 0; i <= collections + further + 1; i++) {
            get(checking.next());
        }
    }

    private double counted(String kind) {
        return metrics.counter("tandem.index.differences", "kind", kind).count();
    }
}
