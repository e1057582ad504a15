package dev.tandem.domain.metadata;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that a metadata schema declares as dates, by {@code "format": "date-time"}. */
public final class DateFields {

    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final List<String> SUBSCHEMAS = List.of("items", "contains", "if", "then", "else");

    private final @Nullable Map<String, Object> schema;

    /** @param schema a JSON Schema; null declares no fields */
    public DateFields(@Nullable Map<String, Object> schema) {
        this.schema = schema;
    }

    /**
     * The filter with each text that writes a date as that date, in the conditions on declared fields. So they compare instants, where
     * otherwise they would compare letters.
     */
    public Filter read(Filter filter) {
        return schema == null ? filter : dated(filter, null);
    }

    /** @param parent leads to the object that the paths of the filter begin in; null for those of a document */
    private Filter dated(Filter filter, @Nullable FieldPath parent) {
        return switch (filter) {
            case Filter.And(var conditions) -> new Filter.And(dated(conditions, parent));
            case Filter.Or(var conditions) -> new Filter.Or(dated(conditions, parent));
            case Filter.Not(var condition) -> new Filter.Not(dated(condition, parent));
            case Filter.ElementMatches(var path, var condition) ->
                new Filter.ElementMatches(path, dated(condition, whole(parent, path)));
            case Filter.Equal(FieldPath path, var value)
            when declares(whole(parent, path)) -> new Filter.Equal(path, dated(value));
            case Filter.In(FieldPath path, var values)
            when declares(whole(parent, path)) ->
                new Filter.In(path, values.stream().map(DateFields::dated).toList());
            case Filter.Compare(FieldPath path, var comparison, String bound)
            when declares(whole(parent, path)) -> {
                Instant date = Dates.parse(bound);
                yield date == null ? filter : new Filter.Compare(path, comparison, date);
            }
            case Filter.Equal ignored -> filter;
            case Filter.In ignored -> filter;
            case Filter.Compare ignored -> filter;
            case Filter.InBox ignored -> filter;
            case Filter.Near ignored -> filter;
            case Filter.Exists ignored -> filter;
            case Filter.Contains ignored -> filter;
            case Filter.StartsWith ignored -> filter;
        };
    }

    private List<Filter> dated(List<Filter> filters, @Nullable FieldPath parent) {
        return filters.stream().map(filter -> dated(filter, parent)).toList();
    }

    private static FieldPath whole(@Nullable FieldPath parent, FieldPath path) {
        return parent == null ? path : parent.beyond(path);
    }

    private static @Nullable Object dated(@Nullable Object value) {
        Instant date = value instanceof String text ? Dates.parse(text) : null;
        return date == null ? value : date;
    }

    /** Whether the schema declares a field. */
    public boolean declares(FieldPath path) {
        Set<Object> reached = schema == null ? Set.of() : expanded(List.of(schema));
        for (String name : path.names()) {
            Set<Object> members = identitySet();
            for (Object subschema : reached) {
                if (member(subschema, "properties") instanceof Map<?, ?> properties && properties.get(name) != null) {
                    members.add(properties.get(name));
                }
            }
            reached = expanded(members);
        }
        return reached.stream().anyMatch(subschema -> "date-time".equals(member(subschema, "format")));
    }

    /** These schemas and all that say something of the same value or of its elements, each once, even if they refer to each other. */
    private Set<Object> expanded(Iterable<?> schemas) {
        Set<Object> all = identitySet();
        Deque<Object> open = new ArrayDeque<>();
        schemas.forEach(open::add);
        while (!open.isEmpty()) {
            Object next = open.remove();
            if (next instanceof Map<?, ?> && all.add(next)) {
                ALTERNATIVES.forEach(keyword -> addAll(open, member(next, keyword)));
                SUBSCHEMAS.forEach(keyword -> add(open, member(next, keyword)));
                add(open, referred(member(next, "$ref")));
            }
        }
        return all;
    }

    /** What a reference within the schema leads to, such as {@code #/$defs/date}; null for any other. */
    private @Nullable Object referred(@Nullable Object reference) {
        if (!(reference instanceof String text) || !text.startsWith("#/")) {
            return null;
        }
        Object at = schema;
        for (String step : text.substring(2).split("/", -1)) {
            at = at == null ? null : member(at, step.replace("~1", "/").replace("~0", "~"));
        }
        return at;
    }

    private static void addAll(Deque<Object> open, @Nullable Object list) {
        if (list instanceof List<?> schemas) {
            schemas.forEach(schema -> add(open, schema));
        }
    }

    private static void add(Deque<Object> open, @Nullable Object schema) {
        if (schema != null) {
            open.add(schema);
        }
    }

    private static @Nullable Object member(Object schema, String name) {
        return schema instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
