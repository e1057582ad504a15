package dev.tandem.domain.metadata;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document's metadata: a JSON object as Java values. Values are null, {@link Boolean}, {@link String}, {@link Long}, {@link Double},
 * {@link List} and {@link Map}. Deeply immutable.
 *
 * <p>Each number has one form: {@link Long} if it is whole and fits, and {@link Double} otherwise. So {@code 1} and {@code 1.0} are equal,
 * as they are in JSON Schema and in PostgreSQL.
 *
 * @param values the members of the object
 */
public record Metadata(Map<String, @Nullable Object> values) {

    public static final Metadata EMPTY = new Metadata(Map.of());

    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    /** @throws IllegalArgumentException for a value that JSON does not have, or a number that is not finite */
    public Metadata {
        values = canonicalMap(values);
    }

    /** The members of an object inside of metadata. */
    static Metadata ofMembers(Map<?, ?> members) {
        return new Metadata(canonicalMap(members));
    }

    /** The canonical form of a number. */
    public static Number canonical(Number number) {
        return switch (number) {
            case Byte n -> n.longValue();
            case Short n -> n.longValue();
            case Integer n -> n.longValue();
            case Long n -> n;
            case BigInteger n when n.compareTo(MIN_LONG) >= 0 && n.compareTo(MAX_LONG) <= 0 -> n.longValue();
            default -> canonical(number.doubleValue());
        };
    }

    private static Number canonical(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not a finite number");
        }
        // -2^63 is a long, 2^63 is not
        boolean whole = number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63;
        return whole ? (Number) (long) number : (Number) number;
    }

    /** Compares two numbers in their canonical form exactly. A comparison as doubles would round. */
    public static int compare(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return Double.compare(x, y);
        }
        return exact(a).compareTo(exact(b));
    }

    /** The exact value of a number in its canonical form. */
    public static BigDecimal exact(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal(number.doubleValue());
    }

    /** The member with this name alone; nothing if there is none. */
    public Metadata only(String name) {
        return values.containsKey(name) ? new Metadata(Collections.singletonMap(name, values.get(name))) : EMPTY;
    }

    /** About how many characters it has as JSON. */
    public long characters() {
        return characters(values);
    }

    private static long characters(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .mapToLong(member -> characters(member.getKey()) + characters(member.getValue()))
                        .sum();
            case List<?> list -> list.stream().mapToLong(Metadata::characters).sum();
            case null, default -> String.valueOf(value).length();
        };
    }

    private static Map<String, @Nullable Object> canonicalMap(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put((String) name, canonicalValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object canonicalValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> canonical(number);
            case Map<?, ?> map -> canonicalMap(map);
            case List<?> list -> canonicalList(list);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        };
    }

    private static List<@Nullable Object> canonicalList(List<?> list) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(canonicalValue(element)));
        return Collections.unmodifiableList(copy);
    }
}
