package dev.tandem.domain.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.advice.FieldUsage.Advice;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldUsageTest {

    @Test
    void advisesOnWhatIsUsedOftenAndSlow() {
        assertThat(usage(20, 101).advice()).isEqualTo(Advice.NARROW);
        assertThat(usage(19, 101).advice()).isNull();
        assertThat(usage(20, 100).advice()).isNull();
    }

    private static FieldUsage usage(long statements, long millis) {
        Duration duration = Duration.ofMillis(millis);
        return new FieldUsage("year", Map.of(FieldUse.SORT, statements), statements, duration, duration);
    }
}
