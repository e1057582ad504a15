package dev.tandem.index.lucene;

import dev.tandem.domain.document.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random metadata of few names and few, awkward values. */
final class MetadataSamples {

    private static final List<String> NAMES = List.of("a", "b", "a.b", "c\\", "名", "x".repeat(40_000));
    private static final List<String> PIECES = List.of(
            "", "a", "A", "aa", "ab", "é", "e\u0301", "\uFF5E", "😀", "😁", "*", "?", "\\", "%", "_", "\n", " ");
    private static final List<Number> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            7L,
            0.1,
            -0.1,
            1.5,
            -1.5,
            1e-300,
            -1e-300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            (1L << 53) - 1,
            1L << 53,
            (1L << 53) + 1,
            (1L << 53) + 2,
            -(1L << 53) - 1,
            -(1L << 53),
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE - 600,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            0x1p63,
            -0x1p64,
            Math.nextUp(0x1p63),
            4503599627370495.5,
            1e20,
            -1e20);

    private final Random random;

    MetadataSamples(Random random) {
        this.random = random;
    }

    Metadata next() {
        return new Metadata(object(3));
    }

    String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    @Nullable
    Object scalar() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3 -> number();
            default -> text();
        };
    }

    Number number() {
        return random.nextInt(4) > 0
                ? Metadata.canonical(NUMBERS.get(random.nextInt(NUMBERS.size())))
                : Metadata.canonical(random.nextInt(20) / 4.0 - 2);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.put(name(), value(depth));
        }
        return object;
    }

    private @Nullable Object value(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 1 -> object(depth - 1);
            case 2 -> list(depth - 1);
            default -> scalar();
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(depth));
        }
        return list;
    }
}
