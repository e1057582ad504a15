package dev.tandem.tool.model.addition;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What rows that exist already get in columns that cannot be empty. */
final class ExistingRows {

    private static final String EMPTY_OBJECT = "'{}'";

    private final List<String> options = new ArrayList<>();

    /**
     * @param added the new fields
     * @param values SQL by the names of fields
     * @throws ModelRefusal if a field has none and needs one, or has one and needs none
     */
    ExistingRows(List<Field> added, Map<String, String> values) {
        List<String> mistakes = new ArrayList<>();
        for (Field field : added) {
            String value = values.get(field.name());
            if (field.nullable() && value != null) {
                mistakes.add("--backfill " + field.name()
                        + ": this field is not required, so it has no value in rows that exist already");
            } else if (!field.nullable() && value == null && !field.type().isContainer()) {
                mistakes.add(field.name()
                        + ": the field is required; say what it is in rows that exist already, as SQL: --backfill \""
                        + field.name() + "=..\"; or leave out required");
            } else if (!field.nullable()) {
                options.add("--backfill");
                options.add(
                        field.owner().table() + "." + field.column() + "=" + (value == null ? EMPTY_OBJECT : value));
            }
        }
        for (String name : values.keySet()) {
            if (added.stream().noneMatch(field -> field.name().equals(name))) {
                mistakes.add("--backfill " + name + ": no new field has this name");
            }
        }
        ModelRefusal.ifAny(mistakes);
    }

    /** Options of {@code ./db revision}. */
    List<String> options() {
        return List.copyOf(options);
    }
}
