package dev.tandem.service.byfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByFilterStepsTest {

    /** The first try after a step that went well is number 0 or 1. */
    @Test
    void furtherTriesAreSmaller() {
        assertThat(IntStream.range(0, 8).map(attempts -> ByFilterSteps.most(1_000, attempts)))
                .containsExactly(1_000, 1_000, 250, 62, 15, 3, 1, 1);
        assertThat(ByFilterSteps.most(1, 0)).isOne();
        assertThat(ByFilterSteps.most(1_000, 1_000)).isOne();
    }
}
