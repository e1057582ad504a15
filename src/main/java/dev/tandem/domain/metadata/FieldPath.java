package dev.tandem.domain.metadata;

import dev.tandem.domain.metadata.geo.GeoPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The path to a field in nested metadata.
 *
 * <p>It is written as names joined by dots. A backslash escapes the next character, so {@code a\.b} is one name. A list on the path stands
 * for each of its elements, one level deep, as in PostgreSQL's lax paths: {@code authors.name} reaches the name of every author.
 *
 * @param names at least one
 */
public record FieldPath(List<String> names) implements FilterField {

    /** So many characters a client may write for a path. */
    public static final int LONGEST = 1_024;

    /** What a field of the metadata begins with where a client writes it among a document's own, as in orders. */
    public static final String METADATA = "metadata.";

    /** @throws IllegalArgumentException if there are no names */
    public FieldPath {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A path has at least one name.");
        }
    }

    /** @throws IllegalArgumentException if a name is empty or the text ends with a lone backslash; the message says which */
    public static FieldPath parse(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                names.add(finished(name));
            } else if (c != '\\') {
                name.append(c);
            } else if (++i < text.length()) {
                name.append(text.charAt(i));
            } else {
                throw new IllegalArgumentException("A backslash at the end of a path escapes nothing.");
            }
        }
        names.add(finished(name));
        return new FieldPath(names);
    }

    /** The texts between commas, with their backslashes: a comma behind a backslash belongs to a name. */
    public static List<String> separated(String texts) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < texts.length(); i++) {
            if (texts.charAt(i) == '\\') {
                i++;
            } else if (texts.charAt(i) == ',') {
                parts.add(texts.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(texts.substring(begin));
        return parts;
    }

    private static String finished(StringBuilder name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A path has no empty names.");
        }
        String finished = name.toString();
        name.setLength(0);
        return finished;
    }

    public FieldPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new FieldPath(longer);
    }

    /** Whether the path leads to a value, which may be null. */
    @Override
    public boolean exists(Filterable document) {
        return !reach(document.metadata()).isEmpty();
    }

    /** The scalars (null included) that the path leads to; the elements of a list count, not the list. */
    @Override
    public List<@Nullable Object> scalars(Filterable document) {
        return scalars(document.metadata());
    }

    /** As {@link #scalars(Filterable)}. */
    public List<@Nullable Object> scalars(Metadata metadata) {
        return scalarsOf(reach(metadata));
    }

    /** What the path leads to through objects only: a list on it leads to no value, because it could lead to several. */
    @Override
    public SortValue sortValue(Filterable document) {
        Object value = document.metadata().values();
        for (String name : names) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return SortValue.of(value);
    }

    /** The objects that the path leads to; the elements of a list count, not the list. */
    List<Element> objects(Metadata metadata) {
        List<Element> objects = new ArrayList<>();
        for (Object value : unwrapped(reach(metadata))) {
            if (value instanceof Map<?, ?> members) {
                objects.add(new Element(Metadata.ofMembers(members)));
            }
        }
        return objects;
    }

    /** Those of the objects that the path leads to that are places. */
    Stream<GeoPoint> places(Metadata metadata) {
        return unwrapped(reach(metadata)).stream()
                .map(value -> value instanceof Map<?, ?> members ? GeoPoint.of(members) : null)
                .filter(Objects::nonNull);
    }

    /** The path in an object that this path leads to, from the beginning of the metadata. */
    public FieldPath beyond(FieldPath inner) {
        List<String> longer = new ArrayList<>(names);
        longer.addAll(inner.names);
        return new FieldPath(longer);
    }

    /** The scalars among these values, and among the elements of their lists. */
    static List<@Nullable Object> scalarsOf(List<@Nullable Object> values) {
        List<@Nullable Object> scalars = new ArrayList<>();
        for (Object value : unwrapped(values)) {
            if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
                scalars.add(value);
            }
        }
        return scalars;
    }

    private List<@Nullable Object> reach(Metadata metadata) {
        List<@Nullable Object> reached = List.of(metadata.values());
        for (String name : names) {
            List<@Nullable Object> next = new ArrayList<>();
            for (Object value : unwrapped(reached)) {
                if (value instanceof Map<?, ?> map && map.containsKey(name)) {
                    next.add(map.get(name));
                }
            }
            reached = next;
        }
        return reached;
    }

    private static List<@Nullable Object> unwrapped(List<@Nullable Object> values) {
        List<@Nullable Object> unwrapped = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof List<?> list) {
                unwrapped.addAll(list);
            } else {
                unwrapped.add(value);
            }
        }
        return unwrapped;
    }

    /**
     * The path as a client writes it where the document has fields of its own, such as {@code $key}, and where {@link #METADATA} may be a mistake: with
     * a backslash if it begins so.
     */
    public String besideOwnFields() {
        String text = toString();
        return text.startsWith("$") || text.startsWith(METADATA) ? "\\" + text : text;
    }

    /** The path as text; {@link #parse(String)} reads it back. */
    @Override
    public String toString() {
        return String.join(
                ".",
                names.stream()
                        .map(name -> name.replace("\\", "\\\\").replace(".", "\\."))
                        .toList());
    }
}
