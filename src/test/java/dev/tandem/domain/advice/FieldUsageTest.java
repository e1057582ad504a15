package dev.tandem.domain.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.advice.FieldUsage.Advice;
import dev.tandem.domain.advice.FieldUsage.Times;
import dev.tandem.domain.metadata.FieldPath;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldUsageTest {

    @Test
    void advisesOnWhatIsUsedOftenAndSlow() {
        assertThat(usage(times(20, 101), Times.NONE).advice(false)).isEqualTo(Advice.NARROW);
        assertThat(usage(times(19, 101), Times.NONE).advice(false)).isNull();
        assertThat(usage(times(20, 100), Times.NONE).advice(false)).isNull();
    }

    @Test
    void advisesToDeclareWhatAnIndexWouldServe() {
        assertThat(usage(times(20, 101), times(20, 101)).advice(true)).isEqualTo(Advice.DECLARE);
        assertThat(usage(times(20, 101), times(20, 101)).advice(false)).isEqualTo(Advice.NARROW);
        assertThat(usage(times(20, 100), times(20, 100)).advice(true)).isNull();
    }

    /** Fast or slow, what an index does not serve says nothing about it. */
    @Test
    void whatAnIndexWouldNotServeIsNotToBeDeclared() {
        assertThat(usage(times(50, 101), Times.NONE).advice(true)).isEqualTo(Advice.NARROW);
        assertThat(usage(times(50, 101), times(19, 101)).advice(true)).isEqualTo(Advice.NARROW);
        assertThat(usage(times(50, 101), times(25, 100)).advice(true)).isEqualTo(Advice.NARROW);
        assertThat(usage(times(9_000, 1), times(20, 101)).advice(true)).isEqualTo(Advice.DECLARE);
    }

    private static FieldUsage usage(Times all, Times indexable) {
        return new FieldUsage(FieldPath.parse("year"), Map.of(FieldUse.SORT, all.statements()), all, indexable);
    }

    private static Times times(long statements, long millis) {
        return new Times(statements, Duration.ofMillis(millis), Duration.ofMillis(millis));
    }
}
