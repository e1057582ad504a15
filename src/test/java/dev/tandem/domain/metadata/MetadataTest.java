package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of((byte) 1, 1L),
                Arguments.of((short) -1, -1L),
                Arguments.of(1, 1L),
                Arguments.of(1.0, 1L),
                Arguments.of(1.5f, 1.5),
                Arguments.of(-0.0, 0L),
                Arguments.of(new BigDecimal("2.00"), 2L),
                Arguments.of(new BigDecimal("0.1"), 0.1),
                Arguments.of(BigInteger.valueOf(Long.MIN_VALUE), Long.MIN_VALUE),
                Arguments.of(BigInteger.valueOf(Long.MAX_VALUE), Long.MAX_VALUE),
                Arguments.of(BigInteger.ONE.shiftLeft(63), 0x1p63),
                Arguments.of(-0x1p63, Long.MIN_VALUE),
                Arguments.of(0x1p63, 0x1p63),
                Arguments.of(0x1p53, 1L << 53),
                Arguments.of(1e300, 1e300));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void givesNumbersOneForm(Number number, Number form) {
        assertThat(Metadata.canonical(number)).isEqualTo(form);
        assertThat(new Metadata(Map.of("n", List.of(number)))).isEqualTo(new Metadata(Map.of("n", List.of(form))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesNumbersThatJsonHasNot(double number) {
        assertThatThrownBy(() -> Metadata.canonical(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesLongsAndDoublesExactly() {
        assertThat(Metadata.compare((1L << 53) + 1, (double) (1L << 53))).isPositive();
        assertThat(Metadata.compare(Long.MAX_VALUE, 0x1p63)).isNegative();
        assertThat(Metadata.compare(0.5, 0L)).isPositive();
        assertThat(Metadata.compare(-1e300, Long.MIN_VALUE)).isNegative();
        assertThat(Metadata.compare(7L, 7L)).isZero();
    }

    @Test
    void keepsNoTiesToItsInput() {
        List<Object> list = new ArrayList<>(List.of("x"));
        Map<String, Object> inner = new HashMap<>(Map.of("list", list));
        Map<String, Object> input = new HashMap<>(Map.of("inner", inner));
        Metadata metadata = new Metadata(input);
        list.add("y");
        inner.put("more", 1);
        input.clear();
        assertThat(metadata).isEqualTo(new Metadata(Map.of("inner", Map.of("list", List.of("x")))));
    }

    @Test
    @SuppressWarnings("unchecked")
    void cannotBeChanged() {
        Metadata metadata = new Metadata(Map.of("inner", Map.of("list", new ArrayList<>(List.of("x")))));
        Map<String, Object> inner = (Map<String, Object>) metadata.values().get("inner");
        List<Object> list = (List<Object>) inner.get("list");
        assertThatThrownBy(() -> metadata.values().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> inner.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.add("y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesWhatJsonHasNot() {
        assertThatThrownBy(() -> new Metadata(Map.of("a", 'c'))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsNamesAndValues() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("name", "tea");
        members.put("list", List.of(12, true, Map.of("a", 1.5)));
        members.put("none", null);
        assertThat(new Metadata(members).characters()).isEqualTo(4 + 3 + 4 + 2 + 4 + 1 + 3 + 4 + 4);
        assertThat(Metadata.EMPTY.characters()).isZero();
    }

    @Test
    void keepsOneMember() {
        Metadata both = new Metadata(Map.of("a", List.of(1), "b", 2));
        assertThat(both.only("a")).isEqualTo(new Metadata(Map.of("a", List.of(1))));
        assertThat(both.only("c")).isEqualTo(Metadata.EMPTY);
    }
}
