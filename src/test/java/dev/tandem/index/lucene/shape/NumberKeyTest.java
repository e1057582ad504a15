package dev.tandem.index.lucene.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.MetadataSamples;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumberKeyTest {

    @Test
    @DisplayName("keys are ordered exactly as their numbers are")
    void order() {
        Random random = new Random(1);
        MetadataSamples samples = new MetadataSamples(random);
        for (int i = 0; i < 100_000; i++) {
            Number a = number(random, samples);
            Number b = number(random, samples);
            assertThat(Integer.signum(Arrays.compareUnsigned(NumberKey.of(a), NumberKey.of(b))))
                    .as("%s and %s", a, b)
                    .isEqualTo(Integer.signum(Metadata.compare(a, b)));
        }
    }

    @Test
    @DisplayName("nothing lies between a key and its neighbours")
    void neighbours() {
        byte[] key = NumberKey.of(1L << 53);
        assertThat(NumberKey.before(NumberKey.after(key))).isEqualTo(key);
        assertThat(NumberKey.after(NumberKey.before(key))).isEqualTo(key);
        assertThat(Arrays.compareUnsigned(key, NumberKey.after(key))).isNegative();
        assertThat(Arrays.compareUnsigned(NumberKey.before(key), key)).isNegative();
        assertThat(NumberKey.after(NumberKey.of((1L << 53) + 1))).isNotEqualTo(NumberKey.of((1L << 53) + 2));
    }

    private static Number number(Random random, MetadataSamples samples) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> (1L << 53) + random.nextInt(-5, 5);
            default -> samples.number();
        };
    }
}
