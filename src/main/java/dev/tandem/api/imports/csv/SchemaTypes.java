package dev.tandem.api.imports.csv;

import dev.tandem.api.csv.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types that a metadata schema names for its properties.
 *
 * @param schema of a collection; null if it has none
 */
record SchemaTypes(@Nullable Map<String, ?> schema) {

    /** The types in {@code type} of the property that the column is for; empty if the schema does not name any there. */
    Set<String> of(Column column) {
        if (column.isNameless() || !column.path().getFirst().equals(Column.METADATA)) {
            return Set.of();
        }
        Object part = schema;
        for (String name : column.path().subList(1, column.path().size())) {
            part = member(member(part, "properties"), name);
        }
        Object type = member(part, "type");
        Set<String> types = new HashSet<>();
        for (Object one : type instanceof List<?> several ? several : List.of()) {
            types.add(String.valueOf(one));
        }
        if (type instanceof String one) {
            types.add(one);
        }
        return types;
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> members ? members.get(name) : null;
    }
}
