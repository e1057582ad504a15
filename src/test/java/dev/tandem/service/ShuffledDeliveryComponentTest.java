package dev.tandem.service;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.index.Indexes;
import dev.tandem.index.Stamp;
import dev.tandem.service.document.DocumentService;
import dev.tandem.service.index.IndexPart;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportService;
import dev.tandem.testing.CallerThreads;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The same changes reach the index from several sides at the same time, repeated and out of order. */
@QuarkusTest
class ShuffledDeliveryComponentTest {

    private static final int CHANGES = 10_000;
    private static final int WRITERS = 4;
    private static final int DOCUMENTS_OF_EACH = 50;
    private static final int DELETES = 2;
    private static final int ROUNDS = CHANGES / WRITERS / (DOCUMENTS_OF_EACH + DELETES);
    /** The writers wait for a look at the index every so many rounds. */
    private static final int ROUNDS_UNSEEN = 4;

    private static final int DELIVERERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final ImportOptions OPTIONS = new ImportOptions(ImportMode.UPSERT, false, null);

    @Inject
    World world;

    @Inject
    ImportService imports;

    @Inject
    DocumentService documents;

    @Inject
    IndexingService indexing;

    @Inject
    Indexes indexes;

    @Thorough
    @Test
    void theIndexNeverGoesBack() throws Exception {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        AtomicBoolean done = new AtomicBoolean();
        Sightings sightings = new Sightings();
        try (ExecutorService threads = CallerThreads.open()) {
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < DELIVERERS; i++) {
                others.add(threads.submit(
                        () -> repeat(done, () -> get(indexing.catchUp(new IndexPart(owner.id(), "lucene"))))));
            }
            others.add(threads.submit(() -> repeat(done, () -> sightings.add(stamps(owner)))));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(i);
                String writer = "writer" + i;
                writers.add(threads.submit(() -> write(owner, writer, random, sightings)));
            }
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<?> other : others) {
                other.get();
            }
        }
        world.settle(owner);
        sightings.add(stamps(owner));
        assertThat(sightings.count).as("states that were seen").isGreaterThan(CHANGES / 10);
        assertThat(sightings.returned).as("states that came back").isEmpty();
        world.assertInStep(owner, "everywhere");
        world.delete(owner);
    }

    private static void repeat(AtomicBoolean done, Runnable step) {
        while (!done.get()) {
            step.run();
        }
    }

    /** Several batches, each in one transaction, in which every document of this writer changes, with deletes in between. */
    private void write(Collection owner, String writer, Random random, Sightings sightings) {
        for (int round = 0; round < ROUNDS; round++) {
            List<RawLine> lines = new ArrayList<>();
            for (int i = 0; i < DOCUMENTS_OF_EACH; i++) {
                String line = "{\"key\": \"%s-%d\", \"content\": \"everywhere %d\"}".formatted(writer, i, round);
                lines.add(new RawLine(i + 1, line.getBytes(StandardCharsets.UTF_8), true));
            }
            Collections.shuffle(lines, random);
            assertThat(get(imports.prepare(owner.name(), lines, OPTIONS)
                                    .chain(batch -> imports.write(owner.name(), batch, OPTIONS)))
                            .refused())
                    .isEmpty();
            for (int i = 0; i < DELETES; i++) {
                get(documents.delete(
                        owner.name(), writer + "-" + (round + i) % DOCUMENTS_OF_EACH, Precondition.NONE, null));
            }
            if (round % ROUNDS_UNSEEN == 0) {
                sightings.awaitNext();
            }
        }
    }

    private List<Stamp> stamps(Collection owner) {
        return get(indexes.of(owner).stamps(null, 2 * WRITERS * DOCUMENTS_OF_EACH));
    }

    /** The states of documents that the index has shown, in order. */
    private static final class Sightings {

        private final Map<UUID, Long> last = new HashMap<>();
        private final Set<Stamp> past = new HashSet<>();
        private final List<Stamp> returned = new ArrayList<>();
        private final AtomicLong looks = new AtomicLong();
        private int count;

        /** Waits for the next look, so that the index is looked at however busy the machine is. */
        void awaitNext() {
            long before = looks.get();
            await().atMost(PATIENCE).pollInterval(POLL).until(() -> looks.get() > before);
        }

        void add(List<Stamp> seen) {
            looks.incrementAndGet();
            Set<UUID> ids = new HashSet<>();
            for (Stamp stamp : seen) {
                ids.add(stamp.id());
                Long before = last.put(stamp.id(), stamp.value());
                if (before != null && before == stamp.value()) {
                    continue;
                }
                count++;
                if (before != null) {
                    past.add(new Stamp(stamp.id(), before));
                }
                if (past.contains(stamp)) {
                    returned.add(stamp);
                }
            }
            List<UUID> gone =
                    last.keySet().stream().filter(id -> !ids.contains(id)).toList();
            gone.forEach(id -> past.add(new Stamp(id, last.remove(id))));
        }
    }
}
