package dev.tandem.index;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.GeoSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every kind of filter, made of what metadata really have: their fields and values, and their neighbours. */
enum FilterOperator {
    EXISTS,
    EQUAL,
    IN,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    CONTAINS,
    STARTS_WITH,
    ELEMENT_MATCHES,
    NEAR,
    IN_BOX,
    AND,
    OR,
    NOT;

    /** Filters of this kind about each field that can be reached, and each value in it. */
    Stream<Filter> about(Metadata metadata) {
        if (this == NEAR || this == IN_BOX) {
            return paths(metadata).stream()
                    .filter(path -> path.names().size() == 1)
                    .flatMap(this::places);
        }
        return paths(metadata).stream()
                .flatMap(path -> Stream.concat(
                        this == EXISTS ? Stream.of(new Filter.Exists(path)) : Stream.empty(),
                        path.scalars(metadata).stream().flatMap(scalar -> about(path, scalar))));
    }

    private Stream<Filter> about(FieldPath path, @Nullable Object scalar) {
        Filter equal = new Filter.Equal(path, scalar);
        return switch (this) {
            case EXISTS -> Stream.of(new Filter.Exists(path.child("a")));
            case EQUAL -> Stream.of(equal);
            case IN -> Stream.of(new Filter.In(path, Arrays.asList("no such", scalar, 77L)));
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> compare(path, scalar);
            case CONTAINS -> parts(scalar).map(part -> new Filter.Contains(path, part));
            case STARTS_WITH -> parts(scalar).map(part -> new Filter.StartsWith(path, part));
            case ELEMENT_MATCHES -> elements(path, scalar);
            case NEAR, IN_BOX -> places(path);
            case AND -> Stream.of(new Filter.And(List.of(equal, new Filter.Exists(FieldPath.parse("a")))));
            case OR -> Stream.of(new Filter.Or(List.of(equal, new Filter.Equal(FieldPath.parse("a"), 1L))));
            case NOT -> Stream.of(new Filter.Not(equal));
        };
    }

    private Stream<Filter> places(FieldPath path) {
        return this == NEAR
                ? GeoSamples.circles().map(circle -> new Filter.Near(path, circle))
                : GeoSamples.boxes().map(box -> new Filter.InBox(path, box));
    }

    private Stream<Filter> compare(FieldPath path, @Nullable Object scalar) {
        return scalar instanceof Number || scalar instanceof String
                ? Stream.of(new Filter.Compare(path, Comparison.valueOf(name()), scalar))
                : Stream.empty();
    }

    /** About an object that has the value, and about one that has it and one more, or not. */
    private static Stream<Filter> elements(FieldPath path, @Nullable Object scalar) {
        FieldPath member = new FieldPath(List.of(path.names().getLast()));
        Filter has = new Filter.Equal(member, scalar);
        Filter both = new Filter.And(List.of(has, new Filter.Exists(FieldPath.parse("b"))));
        if (path.names().size() == 1) {
            return Stream.of(new Filter.ElementMatches(path, new Filter.Not(has)));
        }
        FieldPath parent = new FieldPath(path.names().subList(0, path.names().size() - 1));
        return Stream.of(has, both, new Filter.Not(both)).map(each -> new Filter.ElementMatches(parent, each));
    }

    /** The text itself, what it begins and ends with, and something that isn't in it. */
    private static Stream<String> parts(@Nullable Object scalar) {
        if (!(scalar instanceof String text)) {
            return Stream.empty();
        }
        int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        return Stream.of(text, text.substring(0, middle), text.substring(middle), text + "x");
    }

    private static List<FieldPath> paths(Metadata metadata) {
        List<FieldPath> paths = new ArrayList<>();
        addMembers(paths, List.of(), metadata.values());
        return paths.stream().distinct().toList();
    }

    private static void addMembers(List<FieldPath> paths, List<String> parent, Map<?, ?> members) {
        members.forEach((name, value) -> {
            List<String> names = new ArrayList<>(parent);
            names.add((String) name);
            paths.add(new FieldPath(names));
            List<?> values = value instanceof List<?> list ? list : Arrays.asList(value);
            for (Object each : values) {
                if (each instanceof Map<?, ?> object) {
                    addMembers(paths, names, object);
                }
            }
        });
    }
}
