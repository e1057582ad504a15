package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.MetadataSamples;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodePointsTest {

    @Test
    void ordersByCodePointWhereJavaOrdersByUnit() {
        assertThat("\uff5e").isGreaterThan("😀");
        assertThat(CodePoints.compare("\uff5e", "😀")).isNegative();
        assertThat(CodePoints.compare("😀", "\uff5e")).isPositive();
        assertThat(CodePoints.compare("a\ue000", "a🐘")).isNegative();
    }

    @Test
    void agreesWithTheBytesOfUtf8() {
        MetadataSamples samples = new MetadataSamples(new Random(5));
        for (int i = 0; i < 20_000; i++) {
            String a = samples.text();
            String b = samples.text();
            int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(CodePoints.compare(a, b)))
                    .as("%s and %s", a, b)
                    .isEqualTo(Integer.signum(bytes));
        }
    }
}
