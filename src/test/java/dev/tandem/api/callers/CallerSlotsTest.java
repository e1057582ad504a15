package dev.tandem.api.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerSlotsTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final CallerSlots slots = new CallerSlots("busy.test", 4, 0.5, SOON);

    @Test
    void oneCallerHasItsShareAndLeavesTheRest() {
        List<Runnable> held = new ArrayList<>();
        held.add(slots.take("a"));
        held.add(slots.take("a"));
        refuses("a");
        held.add(slots.take("b"));
        held.add(slots.take("b"));
        refuses("c");
        assertThat(slots.isFull("c")).isTrue();
        held.getFirst().run();
        held.getFirst().run();
        held.add(slots.take("c"));
        refuses("a");
        held.forEach(Runnable::run);
        slots.check("a");
    }

    @Test
    void aRefusalOrACheckTakesNothing() {
        Runnable first = slots.take("a");
        Runnable second = slots.take("a");
        assertThat(slots.isFull("b")).isFalse();
        for (int i = 0; i < 100; i++) {
            assertThat(slots.isFull("a")).isTrue();
            refuses("a");
            slots.check("b");
        }
        first.run();
        second.run();
        slots.take("a");
        slots.take("a");
    }

    @Test
    void everyCallerMayHaveOne() {
        CallerSlots few = new CallerSlots("busy.test", 4, 0, SOON);
        Runnable one = few.take("a");
        assertThatThrownBy(() -> few.take("a")).isInstanceOf(Refusal.Unavailable.class);
        few.take("b");
        one.run();
        few.take("a");
    }

    @Test
    void aStreamHoldsItsSlotHoweverItEnds() {
        AssertSubscriber<Integer> subscriber = AssertSubscriber.create(1);
        slots.hold("a", Multi.createFrom().items(1, 2)).subscribe(subscriber);
        Runnable second = slots.take("a");
        refuses("a");
        subscriber.cancel();
        slots.take("a").run();
        slots.hold("a", Multi.createFrom().failure(new IllegalStateException())).subscribe(AssertSubscriber.create(1));
        slots.hold("a", Multi.createFrom().empty()).subscribe(AssertSubscriber.create(1));
        slots.take("a").run();
        second.run();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::9, 20010db800010002",
        "2001:db8:1:3::9, 20010db800010003",
        "a name, a name"
    })
    void halfOfAnAddressThatIsLongIsACaller(String address, String caller) {
        assertThat(Sender.network(address)).isEqualTo(caller);
    }

    private void refuses(String caller) {
        assertThatThrownBy(() -> slots.take(caller))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("busy.test"));
    }
}
