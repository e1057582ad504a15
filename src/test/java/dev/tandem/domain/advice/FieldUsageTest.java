package dev.tandem.domain.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.advice.FieldUsage.Advice;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldUsageTest {

    @Test
    void advisesOnWhatIsUsedOftenAndSlow() {
        assertThat(usage(20, 101).advice(false)).isEqualTo(Advice.NARROW);
        assertThat(usage(19, 101).advice(false)).isNull();
        assertThat(usage(20, 100).advice(false)).isNull();
    }

    @Test
    void advisesToDeclareWhatIsSortedBy() {
        assertThat(usage(20, 101).advice(true)).isEqualTo(Advice.DECLARE);
        assertThat(usage(20, 100).advice(true)).isNull();
        Duration duration = Duration.ofSeconds(1);
        FieldUsage ranges = new FieldUsage("year", Map.of(FieldUse.RANGE, 30L), 30, duration, duration);
        assertThat(ranges.advice(true)).isEqualTo(Advice.NARROW);
    }

    private static FieldUsage usage(long statements, long millis) {
        Duration duration = Duration.ofMillis(millis);
        return new FieldUsage("year", Map.of(FieldUse.SORT, statements), statements, duration, duration);
    }
}
