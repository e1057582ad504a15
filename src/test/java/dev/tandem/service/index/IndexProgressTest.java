package dev.tandem.service.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.service.index.IndexProgress.Snapshot;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IndexProgressTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration NONE = Duration.ofNanos(-1);

    private final IndexProgress progress = new IndexProgress();
    private final IndexPart one = new IndexPart(UUID.randomUUID(), "lucene");
    private final IndexPart other = new IndexPart(UUID.randomUUID(), "lucene");

    @Test
    void aFreshReplicaHasToCatchUpWithEverythingFirst() {
        assertThat(progress.snapshot(LONG).isCaughtUp()).isFalse();
        progress.began(Set.of(one, other));
        assertThat(progress.snapshot(LONG).isCaughtUp()).isFalse();
        progress.caughtUp(one);
        assertThat(progress.snapshot(LONG)).isEqualTo(new Snapshot(true, 1, 0, 0, 0));
        progress.caughtUp(other);
        assertThat(progress.snapshot(LONG).isCaughtUp()).isTrue();
    }

    @Test
    void whereThereIsNothingItIsCaughtUp() {
        progress.began(Set.of());
        assertThat(progress.snapshot(LONG).isCaughtUp()).isTrue();
    }

    @Test
    void anIndexThatCannotFollowKeepsNobodyOut() {
        progress.began(Set.of(one));
        progress.behind(one);
        progress.failed(one);
        assertThat(progress.snapshot(LONG)).isEqualTo(new Snapshot(true, 0, 0, 1, 0));
        assertThat(count(progress)).isZero();
        progress.caughtUp(one);
        assertThat(progress.snapshot(LONG).failing()).isZero();
    }

    @Test
    void whatIsBehindForTooLongLags() {
        progress.began(Set.of());
        progress.behind(one);
        assertThat(progress.snapshot(LONG).isCaughtUp()).isTrue();
        assertThat(count(progress)).isOne();
        progress.caughtUp(one);
        assertThat(count(progress)).isZero();
    }

    @Test
    void whatIsBuiltDoesNotLag() {
        progress.began(Set.of());
        progress.behind(one);
        AtomicReference<UniEmitter<? super Void>> work = new AtomicReference<>();
        progress.building(one, Uni.createFrom().<Void>emitter(work::set))
                .subscribe()
                .with(ignored -> {});
        assertThat(progress.snapshot(LONG).building()).isOne();
        assertThat(count(progress)).isZero();
        work.get().complete(null);
        assertThat(progress.snapshot(LONG).building()).isZero();
        assertThat(count(progress)).isOne();
    }

    @Test
    void aLogThatCannotBeReadIsNoLogWithoutNews() {
        progress.began(Set.of());
        assertThat(progress.snapshot(NONE).hasLooked()).isFalse();
    }

    private static int count(IndexProgress progress) {
        return progress.snapshot(NONE).lagging();
    }
}
