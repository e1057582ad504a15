package dev.tandem.service.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.advice.FieldUse;
import dev.tandem.domain.advice.UsedFields;
import dev.tandem.domain.metadata.FieldPath;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FieldUsesTest {

    private static final UUID COLLECTION = new UUID(0, 1);
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final CollectionUses uses = new CollectionUses();

    @Test
    void countsWhatStatementsDoWithAField() {
        uses.add(using("year", FieldUse.RANGE), 10 * MILLI);
        uses.add(using("year", FieldUse.RANGE, FieldUse.SORT), 30 * MILLI);
        assertThat(uses.list()).hasSize(1);
        FieldUsage year = uses.list().getFirst();
        assertThat(year.path()).isEqualTo(FieldPath.parse("year"));
        assertThat(year.all().statements()).isEqualTo(2);
        assertThat(year.count(FieldUse.RANGE)).isEqualTo(2);
        assertThat(year.count(FieldUse.SORT)).isEqualTo(1);
        assertThat(year.count(FieldUse.EQUAL)).isZero();
        assertThat(year.all().mean()).isEqualTo(Duration.ofMillis(20));
        assertThat(year.all().p95()).isEqualTo(Duration.ofMillis(30));
    }

    /** What other statements take says nothing about an index. */
    @Test
    void whatAnIndexWouldServeIsTimedByItself() {
        uses.add(using("a.b", FieldUse.SORT), 900 * MILLI);
        uses.add(using("a.b", FieldUse.SORT, FieldUse.INDEXABLE), 10 * MILLI);
        uses.add(using("a.b", FieldUse.SORT, FieldUse.INDEXABLE), 30 * MILLI);
        FieldUsage usage = uses.list().getFirst();
        assertThat(usage.path()).isEqualTo(new FieldPath(List.of("a.b")));
        assertThat(usage.all().statements()).isEqualTo(3);
        assertThat(usage.indexable()).isEqualTo(new FieldUsage.Times(2, Duration.ofMillis(20), Duration.ofMillis(30)));
    }

    @Test
    void whatTookTheMostTimeComesFirst() {
        uses.add(using("often", FieldUse.EQUAL), 2 * MILLI);
        uses.add(using("often", FieldUse.EQUAL), 2 * MILLI);
        uses.add(using("slow", FieldUse.SORT), 5 * MILLI);
        uses.add(using("rare", FieldUse.EQUAL), MILLI);
        assertThat(uses.list()).extracting(usage -> usage.path().toString()).containsExactly("slow", "often", "rare");
    }

    @Test
    void aPercentileIsAtMostTwoFifthsTooLong() {
        for (int millis = 1; millis <= 1_000; millis++) {
            uses.add(using("year", FieldUse.SORT), millis * MILLI);
        }
        assertThat(uses.list().getFirst().all().p95()).isBetween(Duration.ofMillis(950), Duration.ofMillis(1_000));
        for (long nanos : new long[] {0, 1, 250_000, 250_001, MILLI, 777 * MILLI, 8_000 * MILLI, 100_000 * MILLI}) {
            Durations durations = new Durations();
            durations.add(nanos);
            durations.add(nanos + 1);
            assertThat(durations.percentile(0.95)).isBetween(Duration.ofNanos(nanos), Duration.ofNanos(nanos + 1));
        }
        Durations two = new Durations();
        for (int i = 0; i < 100; i++) {
            two.add(i < 96 ? 101 * MILLI : 5_000 * MILLI);
        }
        assertThat(two.percentile(0.95)).isBetween(Duration.ofMillis(101), Duration.ofMillis(142));
    }

    /** A client that invents paths takes no memory, and takes no place from those that are used. */
    @Test
    void fieldsThatAreUsedOftenStay() {
        for (int i = 0; i < 100_000; i++) {
            uses.add(using("invented" + i, FieldUse.EQUAL), MILLI);
            if (i % 10 == 0) {
                uses.add(using("year", FieldUse.SORT), MILLI);
            }
        }
        assertThat(uses.list()).hasSize(CollectionUses.MOST_FIELDS);
        assertThat(uses.list().getFirst().path()).isEqualTo(FieldPath.parse("year"));
        assertThat(uses.list().getFirst().all().statements()).isEqualTo(10_000);
    }

    @Test
    void aFieldThatComesToBeUsedOftenFindsAPlace() {
        for (int i = 0; i < CollectionUses.MOST_FIELDS; i++) {
            for (int times = 0; times < 50; times++) {
                uses.add(using("old" + i, FieldUse.EQUAL), MILLI);
            }
        }
        uses.add(using("new", FieldUse.SORT), MILLI);
        uses.add(using("once", FieldUse.SORT), MILLI);
        for (int times = 0; times < 60; times++) {
            uses.add(using("new", FieldUse.SORT), MILLI);
            uses.add(using("tried" + times % 7, FieldUse.SORT), MILLI);
        }
        assertThat(uses.list()).extracting(usage -> usage.path().toString()).contains("new");
        assertThat(uses.list()).hasSize(CollectionUses.MOST_FIELDS);
    }

    @Test
    void longPathsAreNotCounted() {
        uses.add(using("a".repeat(CollectionUses.LONGEST_PATH), FieldUse.EQUAL), MILLI);
        uses.add(using("b".repeat(CollectionUses.LONGEST_PATH + 1), FieldUse.EQUAL), MILLI);
        assertThat(uses.list()).hasSize(1);
    }

    @Test
    void threadsLoseNothing() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int number = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    uses.add(using("year", FieldUse.EQUAL), MILLI);
                    uses.add(using("invented" + number + "." + i, FieldUse.OTHER), MILLI);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        uses.add(using("last", FieldUse.OTHER), MILLI);
        assertThat(uses.list()).hasSizeLessThanOrEqualTo(CollectionUses.MOST_FIELDS);
        assertThat(uses.list().getFirst().all().statements()).isEqualTo(160_000);
        assertThat(uses.list().getFirst().count(FieldUse.EQUAL)).isEqualTo(160_000);
    }

    @Test
    void failedAndCanceledStatementsCountToo() {
        FieldUses all = new FieldUses();
        UsedFields year = using("year", FieldUse.SORT);
        assertThat(all.counted(COLLECTION, year, Uni.createFrom().item(7))
                        .await()
                        .indefinitely())
                .isEqualTo(7);
        all.counted(COLLECTION, year, Uni.createFrom().failure(new CompletionException("lost", null)))
                .subscribe()
                .with(item -> {}, failure -> {});
        all.counted(COLLECTION, year, Uni.createFrom().nothing())
                .subscribe()
                .with(item -> {})
                .cancel();
        assertThat(all.in(COLLECTION).getFirst().all().statements()).isEqualTo(3);
        assertThat(all.in(new UUID(0, 2))).isEmpty();
    }

    @Test
    void aStatementWithoutMetadataIsLeftAsItIs() {
        Uni<Integer> statement = Uni.createFrom().item(7);
        assertThat(new FieldUses().counted(COLLECTION, UsedFields.NONE, statement))
                .isSameAs(statement);
    }

    @Test
    void remembersSomeCollectionsOnly() {
        FieldUses all = new FieldUses();
        UsedFields year = using("year", FieldUse.SORT);
        for (int i = 0; i < 10_000; i++) {
            UUID collection = new UUID(1, i);
            all.counted(collection, year, Uni.createFrom().voidItem()).await().indefinitely();
            all.counted(COLLECTION, year, Uni.createFrom().voidItem()).await().indefinitely();
        }
        int known = 0;
        for (int i = 0; i < 10_000; i++) {
            known += all.in(new UUID(1, i)).size();
        }
        assertThat(known).isBetween(1, FieldUses.MOST_COLLECTIONS);
        assertThat(all.in(COLLECTION).getFirst().all().statements()).isEqualTo(10_000);
    }

    private static UsedFields using(String path, FieldUse first, FieldUse... others) {
        Set<FieldUse> uses = EnumSet.of(first, others);
        return new UsedFields(Map.of(new FieldPath(List.of(path)), uses));
    }
}
