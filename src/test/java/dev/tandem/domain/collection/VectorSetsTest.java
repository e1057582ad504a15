package dev.tandem.domain.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.testing.CollectionSamples;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The sets of vectors of a collection, through moves to other models, undone and taken back. */
class VectorSetsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private final Random random = new Random(7);

    @Test
    void twoSetsAreNeverOfOneParityAndNoNumberIsUsedTwice() {
        Collection collection =
                new Collection(UUID.randomUUID(), "c", null, CollectionSamples.fakeModel(), 1, NOW, NOW);
        Set<Integer> used = new HashSet<>(Set.of(0));
        for (int i = 0; i < 1_000; i++) {
            int last = collection.settings().vectors().last();
            collection = step(collection, i);
            VectorSets vectors = collection.settings().vectors();
            if (vectors.last() != last) {
                assertThat(used.add(vectors.last())).as("a new number").isTrue();
            }
            assertThat(collection.sets()).extracting(VectorSet::isOdd).doesNotHaveDuplicates();
            assertThat(collection.sets().getFirst()).isEqualTo(collection.searched());
            assertThat(used)
                    .containsAll(
                            collection.sets().stream().map(VectorSet::number).toList());
            assertThat(collection.sets()).noneMatch(set -> vectors.dropped().contains(set.number()));
        }
        assertThat(used).hasSizeGreaterThan(100);
    }

    /** What may happen to the collection as it is. */
    private Collection step(Collection collection, int i) {
        VectorSets vectors = collection.settings().vectors();
        if (!vectors.dropped().isEmpty() && random.nextBoolean()) {
            return collection.withoutDropped(vectors.dropped().getFirst());
        }
        if (vectors.beside() == null || (!vectors.isMoving() && random.nextInt(3) == 0)) {
            return collection.toward(new EmbeddingSettings("model-" + i, 1 + random.nextInt(9), Metric.DOT), NOW);
        }
        return random.nextBoolean() ? collection.switched(i, NOW, NOW) : collection.withoutSetBeside(NOW);
    }

    @Test
    void theIndexOfEachSetHasAnIdOfItsOwn() {
        UUID id = UUID.randomUUID();
        assertThat(VectorSet.indexId(id, 0)).isEqualTo(id);
        Set<UUID> ids = new HashSet<>();
        for (int number = 0; number < 100; number++) {
            ids.add(VectorSet.indexId(id, number));
            ids.add(VectorSet.indexId(UUID.randomUUID(), number));
        }
        assertThat(ids).hasSize(200);
    }
}
