package dev.tandem.domain.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VectorTest {

    @Test
    void comesBackFromItsBytes() {
        Vector vector = Vector.of(0f, -0f, 1.5f, Float.MIN_VALUE, -Float.MAX_VALUE);
        assertThat(Vector.ofBytes(vector.toBytes())).isEqualTo(vector).isNotEqualTo(Vector.of(0f, 0f, 1.5f, 0f, 0f));
    }

    @Test
    void isWrittenAsLittleEndianFloat32() {
        assertThat(Vector.of(1f, -2f).toBytes()).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
    }

    @Test
    void keepsNoTiesToArrays() {
        float[] components = {1, 2};
        Vector vector = Vector.of(components);
        components[0] = 9;
        vector.toArray()[1] = 9;
        assertThat(vector).isEqualTo(Vector.of(1, 2)).hasSameHashCodeAs(Vector.of(1, 2));
    }

    @Test
    void measures() {
        Vector vector = Vector.of(3, 4);
        assertThat(vector.dimensions()).isEqualTo(2);
        assertThat(vector.length()).isEqualTo(5);
        assertThat(vector.dot(Vector.of(2, -1))).isEqualTo(2);
        assertThat(vector.squaredDistance(Vector.of(0, 0))).isEqualTo(25);
        assertThat(vector.normalized()).isEqualTo(Vector.of(0.6f, 0.8f));
        assertThat(Vector.of(1e30f, 1e30f).normalized().length()).isCloseTo(1, within(1e-6));
    }
}
