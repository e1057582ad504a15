package dev.tandem.testing;

import dev.tandem.domain.metadata.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that filters find hard: few names, so that paths meet; values at the edges of their types; lists in lists; texts full of what
 * some language would have to escape. The same seed gives the same samples.
 */
public final class MetadataSamples {

    static final List<String> NAMES = List.of(
            "a", "b", "c", "a.b", "back\\slash", "quo\"te", "sp ace", "$x", "*", "@", "año", "日本", "😀", "tab\t", "");

    private static final List<String> TEXT_PARTS = List.of(
            "x", "y", "X", "xy", " ", ".", ".*", "\\", "\"", "'", "$", "%", "_", "*", "/", "\n", "\t", "\u0001",
            "\u007f", "ä", "ss", "ß", "ﾟ", "\ufffd", "😀", "🐘", "日本", "1", "true", "null", "\\u0041", "?", "(", "[",
            "e\u0301");

    private static final List<Number> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            2L,
            10L,
            (1L << 53) - 1,
            1L << 53,
            (1L << 53) + 1,
            -(1L << 53) - 1,
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            0.1,
            0.2,
            0.30000000000000004,
            -0.5,
            1.5,
            4503599627370495.5,
            0x1p63,
            1e19,
            1e300,
            -1e300,
            1e-300,
            Double.MIN_VALUE,
            Double.MAX_VALUE);

    private static final int DEEPEST = 3;

    private final Random random;
    private final DateSamples dates;
    private final GeoSamples places;

    public MetadataSamples(Random random) {
        this.random = random;
        this.dates = new DateSamples(random);
        this.places = new GeoSamples(random);
    }

    /** Metadata of up to three nested levels, and any number of members up to five. */
    public Metadata next() {
        return new Metadata(object(0));
    }

    /** Null, a boolean, a text or a number in its canonical form. */
    public @Nullable Object scalar() {
        return switch (random.nextInt(9)) {
            case 8 -> dates.text();
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3, 4 -> number();
            default -> text();
        };
    }

    public Number number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    /** A text of up to three parts. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            text.append(TEXT_PARTS.get(random.nextInt(TEXT_PARTS.size())));
        }
        return text.toString();
    }

    /** One of a few names; the plain ones are more frequent. */
    public String name() {
        return NAMES.get(random.nextBoolean() ? random.nextInt(3) : random.nextInt(NAMES.size()));
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int members = random.nextInt(6); members > 0; members--) {
            object.put(name(), value(depth + 1));
        }
        return object;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int elements = random.nextInt(4); elements > 0; elements--) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private @Nullable Object value(int depth) {
        int kind = depth > DEEPEST ? 9 : random.nextInt(10);
        return switch (kind) {
            case 0 -> places.object();
            case 1, 2 -> object(depth);
            case 3, 4, 5 -> list(depth);
            default -> scalar();
        };
    }
}
