package dev.tandem.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(100);

    @Test
    void doublesUpToTheLongest() {
        Backoff backoff = new Backoff(FIRST, Duration.ofSeconds(1));

        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 1_000_000)
                        .mapToObj(backoff::after)
                        .map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L, 1_000L);
    }

    @Test
    void beginsWithTheLongestWhereTheFirstIsLonger() {
        assertThat(new Backoff(Duration.ofHours(2), FIRST).after(1)).isEqualTo(FIRST);
    }

    @Test
    void endsAtAThousandTimesTheFirstWhereNoLongestIsGiven() {
        assertThat(new Backoff(FIRST).after(100)).isEqualTo(FIRST.multipliedBy(1_024));
    }

    @Test
    void jitterIsHalfOfItAtMost() {
        Backoff backoff = new Backoff(FIRST, Duration.ofSeconds(1));
        List<Duration> pauses = IntStream.range(0, 1_000)
                .mapToObj(i -> backoff.jitteredAfter(2))
                .toList();

        assertThat(pauses).allMatch(pause -> pause.toMillis() >= 100 && pause.toMillis() < 300);
        assertThat(pauses).anyMatch(pause -> pause.toMillis() < 150);
        assertThat(pauses).anyMatch(pause -> pause.toMillis() > 250);
    }

    @Test
    void noPauseIsNone() {
        assertThat(new Backoff(Duration.ZERO).jitteredAfter(3)).isEqualTo(Duration.ZERO);
    }
}
