package dev.tandem.api.callers.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyPaceTest {

    private long now;
    private long arrived;
    private final BodyPace pace = new BodyPace(100, Duration.ofSeconds(10), () -> arrived, () -> now);

    @Test
    void tooFewOctetsInAWindowAreTooSlow() {
        after(5, 0);
        assertThat(pace.isTooSlow()).isFalse();
        after(5, 999);
        assertThat(pace.isTooSlow()).isTrue();
    }

    @Test
    void enoughOctetsInEachWindowMayTakeAnyTime() {
        for (int i = 0; i < 100; i++) {
            after(10, 1_000);
            assertThat(pace.isTooSlow()).isFalse();
        }
        after(10, 999);
        assertThat(pace.isTooSlow()).isTrue();
    }

    @Test
    void whatArrivedBeforeTheWindowDoesNotCount() {
        after(10, 1_000_000);
        assertThat(pace.isTooSlow()).isFalse();
        after(10, 1);
        assertThat(pace.isTooSlow()).isTrue();
    }

    @Test
    void thePausesOfTheServiceDoNotCount() {
        pace.pause();
        after(1_000, 0);
        assertThat(pace.isTooSlow()).isFalse();
        pace.await();
        after(9, 0);
        assertThat(pace.isTooSlow()).isFalse();
        pace.pause();
        pace.pause();
        after(1_000, 0);
        assertThat(pace.isTooSlow()).isFalse();
        pace.await();
        pace.await();
        after(1, 0);
        assertThat(pace.isTooSlow()).isTrue();
    }

    @Test
    void theShortestWindowWantsAnOctet() {
        BodyPace shortest = new BodyPace(1, Duration.ofMillis(1), () -> arrived, () -> now);
        after(1, 0);
        assertThat(shortest.isTooSlow()).isTrue();
        after(1, 1);
        assertThat(shortest.isTooSlow()).isFalse();
    }

    private void after(int seconds, int octets) {
        now += Duration.ofSeconds(seconds).toNanos();
        arrived += octets;
    }
}
