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
