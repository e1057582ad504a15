package dev.tandem.service.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A model that does not answer holds its own lane, and no other. */
class LanesTest {

    private final Lanes lanes = new Lanes();
    private final Map<String, UniEmitter<? super Void>> running = new HashMap<>();

    @Test
    void aModelThatDoesNotAnswerHoldsItsOwnLaneAlone() {
        List<String> ended = new ArrayList<>();
        lanes.whenFree(() -> ended.add("turn"));
        start("silent");
        for (int turn = 1; turn <= 100; turn++) {
            start("quick");
            assertThat(lanes.busy()).containsExactlyInAnyOrder("silent", "quick");
            end("quick");
            assertThat(lanes.busy()).containsExactly("silent");
            assertThat(ended).hasSize(turn);
        }
        end("silent");
        assertThat(lanes.busy()).isEmpty();
    }

    @Test
    void aLaneIsFreeAgainAfterAFailureWhichIsToldOnce() {
        AtomicInteger free = new AtomicInteger();
        lanes.whenFree(free::incrementAndGet);
        start("failing");
        start("other");
        fail("failing", "the first");
        assertThat(lanes.busy()).containsExactly("other");
        fail("other", "the second");
        assertThat(free).hasValue(2);
        assertThatThrownBy(() -> lanes.outcome().await().indefinitely()).hasMessage("the first");
        lanes.outcome().await().indefinitely();
    }

    /** Otherwise no turn would begin until something else happens. */
    @Test
    void theLaneIsFreeBeforeTheNextTurnBegins() {
        List<Boolean> wasBusy = new ArrayList<>();
        lanes.whenFree(() -> wasBusy.add(lanes.busy().contains("model")));
        start("model");
        end("model");
        assertThat(wasBusy).containsExactly(false);
    }

    @Test
    void whoWaitsForAllLanesIsToldWhenTheLastOneIsFree() {
        AtomicBoolean isIdle = new AtomicBoolean();
        lanes.idle().await().indefinitely();
        start("one");
        start("two");
        lanes.idle().subscribe().with(ignored -> isIdle.set(true));
        end("one");
        assertThat(isIdle).isFalse();
        fail("two", "gone");
        assertThat(isIdle).isTrue();
    }

    @Test
    void workThatEndsAtOnceLeavesNoLaneBehind() {
        lanes.start("model", List.of(), Uni.createFrom().voidItem());
        assertThat(lanes.busy()).isEmpty();
        assertThat(lanes.work()).isEmpty();
    }

    private void start(String model) {
        lanes.start(model, List.of(), Uni.createFrom().emitter(emitter -> running.put(model, emitter)));
    }

    private void end(String model) {
        running.get(model).complete(null);
    }

    private void fail(String model, String message) {
        running.get(model).fail(new IllegalStateException(message));
    }
}
