package dev.tandem.index;

import dev.tandem.domain.metadata.Metadata;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Metadata at the edges of what a filter can be asked about. Each value is the field {@code a} of one document. */
enum FilterEdges {
    /** Where doubles are dense, where they skip whole numbers, and where longs end. */
    NUMBERS(
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            -1e300,
            -0x1p63 * 2,
            -(1L << 53) - 1,
            -(1L << 53),
            -1.5,
            -1,
            -0.0,
            0,
            Double.MIN_VALUE,
            0.1,
            0.30000000000000004,
            0.1 + 0.2 - 0.3,
            1,
            1.0000000000000002,
            Integer.MAX_VALUE,
            4503599627370495.5,
            (1L << 53) - 1,
            1L << 53,
            (1L << 53) + 1,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            0x1p63,
            1e19,
            Double.MAX_VALUE,
            -Double.MAX_VALUE),
    /** In the order of code points, which isn't that of UTF-16 units; not folded, not composed, and nothing is a wildcard. */
    TEXTS(
            "",
            " ",
            "a",
            "A",
            "aa",
            "ab",
            "a b",
            "a\u0001",
            "a\n",
            "\u007f",
            "ä",
            "a\u0308",
            "ß",
            "ss",
            "İ",
            "ı",
            "日本",
            "日",
            "\ud7ff",
            "\ue000",
            "\uff5e",
            "\ufffd",
            "\uffff",
            "😀",
            "😀😀",
            "\udbff\udfff",
            "%",
            "_",
            "*",
            "a*",
            ".*",
            "?",
            "\\",
            "\\u0061",
            "'",
            "\"",
            "null",
            "true",
            "1",
            "1.0",
            "-1",
            "2024-05-01T14:30:00Z"),
    /** Where the map ends, and what is no place. */
    PLACES(
            place(90, 0),
            place(90, 180),
            place(90, -77.5),
            place(-90, 11),
            place(0, 0),
            place(0, 180),
            place(0, -180),
            place(0, 179.99999999),
            place(0, -1e-40),
            place(48.137154, 11.576124),
            place(48.137155, 11.576125),
            List.of(place(48.137154, 11.576124), place(-33.8688, 151.2093)),
            List.of(List.of(place(48.137154, 11.576124))),
            Map.of("lat", 45, "lon", 90, "name", "x"),
            Map.of("lat", 45, "lng", 90),
            Map.of("lat", "45", "lon", "90"),
            Map.of("lat", List.of(45), "lon", List.of(90)),
            Map.of("lat", 90.00000000000001, "lon", 0),
            Map.of("lat", 0, "lon", -180.00000000000003),
            Map.of("lat", 1e300, "lon", 1e-300),
            Map.of("lat", Double.MIN_VALUE, "lon", -Double.MIN_VALUE),
            List.of(45, 90),
            "45,90"),
    /** Values of all types that look alike, and lists and objects in each other. */
    SHAPES(
            null,
            true,
            false,
            0,
            1,
            "1",
            "true",
            "null",
            "",
            List.of(),
            Map.of(),
            Collections.singletonList(null),
            List.of(1),
            List.of("1", 1, true),
            List.of(List.of(1)),
            List.of(List.of(Map.of("b", 1))),
            Arrays.asList(null, 1.5, "x", false),
            Map.of("b", 1),
            Map.of("b", List.of(1, 2)),
            Map.of("b", Map.of("c", "x")),
            List.of(Map.of("b", 1), Map.of("b", 2), Map.of("c", 1)),
            List.of(Map.of("b", 1, "c", 2), Map.of("b", 2, "c", 1)),
            List.of(Map.of("b", 1, "c", 1), List.of(Map.of("b", 2, "c", 2))),
            Map.of("b", List.of(Map.of("b", 1), Map.of("c", 1))),
            List.of(Map.of("b", List.of(1, List.of(2))), 1),
            Map.of("a", Map.of("a", Map.of("a", 1))),
            Map.of("", 1),
            Map.of("b.c", "x"),
            Map.of("b\\", 1),
            Map.of("日本", "😀"));

    private final List<@Nullable Object> values;

    FilterEdges(@Nullable Object... values) {
        this.values = Arrays.asList(values);
    }

    private static Map<String, Object> place(double lat, double lon) {
        return Map.of("lat", lat, "lon", lon);
    }

    /** One document for each value, one for all of them in a list, and some that have no such field. */
    Stream<Metadata> metadata() {
        Stream<Metadata> each = values.stream().map(value -> new Metadata(Collections.singletonMap("a", value)));
        Stream<Metadata> others = Stream.of(
                new Metadata(Map.of("a", values)),
                Metadata.EMPTY,
                new Metadata(Map.of("b", 1)),
                new Metadata(Map.of("a.b", 1)),
                new Metadata(Map.of("A", 1, "aa", 1)));
        return Stream.concat(each, others);
    }
}
