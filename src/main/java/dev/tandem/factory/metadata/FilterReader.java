package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one filter to its end, unless it exceeds a limit. Each error becomes a violation and is replaced by a placeholder, so a filter with
 * violations must not be used.
 */
final class FilterReader {

    static final int DEEPEST = 16;
    static final int MOST_CONDITIONS = 256;

    private static final String ELEMENTS = "$elemMatch";

    private final Violations violations;
    private final FilterOperands operands;
    private final FilterFields fields;
    private int conditions;

    /** @param refusesAmbiguous whether a metadata field may not be named as a document's own field is, unless it is escaped */
    FilterReader(Violations violations, boolean refusesAmbiguous) {
        this.violations = violations;
        this.operands = new FilterOperands(violations);
        this.fields = new FilterFields(violations, refusesAmbiguous);
    }

    Filter read(Map<?, ?> json, String pointer) {
        return filter(json, pointer, 1);
    }

    private Filter filter(Map<?, ?> json, String pointer, int depth) {
        if (isTooDeep(pointer, depth)) {
            return Filter.EVERYTHING;
        }
        if (json.isEmpty()) {
            count(pointer); // otherwise a list of any length could consist of empty filters
            return Filter.EVERYTHING;
        }
        List<Filter> parts = new ArrayList<>();
        for (Map.Entry<?, ?> member : json.entrySet()) {
            if (isFull()) {
                break;
            }
            String name = (String) member.getKey();
            parts.add(member(name, member.getValue(), step(pointer, name), depth));
        }
        return allOf(parts);
    }

    private Filter member(String name, @Nullable Object value, String pointer, int depth) {
        return switch (name) {
            case "$and" -> allOf(filters(value, pointer, depth));
            case "$or" -> anyOf(filters(value, pointer, depth));
            case "$not" -> new Filter.Not(one(value, pointer, depth));
            default -> {
                FilterField field = fields.of(name, pointer);
                yield field == null ? misplaced(name, pointer) : condition(field, value, pointer, depth);
            }
        };
    }

    private List<Filter> filters(@Nullable Object value, String pointer, int depth) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            violations.add(pointer, "filter.operand", "This operator takes a list of at least one filter.");
            return List.of();
        }
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < list.size() && !isFull(); i++) {
            filters.add(one(list.get(i), pointer + "/" + i, depth));
        }
        return filters;
    }

    private Filter one(@Nullable Object value, String pointer, int depth) {
        if (value instanceof Map<?, ?> json) {
            return filter(json, pointer, depth + 1);
        }
        violations.add(pointer, "filter.operand", "This must be a filter: an object such as {\"field\": \"value\"}.");
        return Filter.EVERYTHING;
    }

    private Filter misplaced(String name, String pointer) {
        String advice = FieldOperator.of(name) == null && !name.equals(ELEMENTS)
                ? fields.known()
                : "This operator belongs to a field: {\"field\": {\"" + name + "\": ...}}.";
        violations.add(pointer, "filter.unknown_operator", advice);
        return Filter.EVERYTHING;
    }

    private Filter condition(FilterField field, @Nullable Object value, String pointer, int depth) {
        if (value instanceof Map<?, ?> json && !FilterOperands.isDate(json)) {
            return operators(field, json, pointer, depth);
        }
        count(pointer);
        return new Filter.Equal(field, operands.scalar(field, value, pointer));
    }

    /** All members of an object of operators. */
    private Filter operators(FilterField field, Map<?, ?> json, String pointer, int depth) {
        boolean anyOperator = json.keySet().stream().anyMatch(name -> ((String) name).startsWith("$"));
        if (!anyOperator) {
            count(pointer);
            violations.add(
                    pointer,
                    "filter.operand",
                    "A field takes a value or an object of operators. A nested field is named by its path: {\"author.name\": \"Ada\"}.");
            return Filter.EVERYTHING;
        }
        if (isTooDeep(pointer, depth)) {
            return Filter.EVERYTHING;
        }
        List<Filter> parts = new ArrayList<>();
        for (Map.Entry<?, ?> member : json.entrySet()) {
            if (isFull()) {
                break;
            }
            String name = (String) member.getKey();
            parts.add(operator(field, name, member.getValue(), step(pointer, name), depth));
        }
        return allOf(parts);
    }

    private Filter operator(FilterField field, String name, @Nullable Object operand, String pointer, int depth) {
        if (name.equals("$not")) {
            return negated(field, operand, pointer, depth);
        }
        count(pointer);
        if (name.equals(ELEMENTS)) {
            return elements(field, operand, pointer, depth);
        }
        FieldOperator operator = FieldOperator.of(name);
        if (operator == null) {
            violations.add(
                    pointer,
                    "filter.unknown_operator",
                    "Unknown operator. The operators here are: " + FieldOperator.known());
            return Filter.EVERYTHING;
        }
        return operator.filter(field, operand, pointer, operands);
    }

    /** A filter on the fields of an object in a list. */
    private Filter elements(FilterField field, @Nullable Object operand, String pointer, int depth) {
        if (field instanceof FieldPath path && operand instanceof Map<?, ?> json) {
            return new Filter.ElementMatches(path, fields.inElement(() -> filter(json, pointer, depth + 1)));
        }
        violations.add(
                pointer,
                "filter.operand",
                "This operator belongs to a list of objects in the metadata, and takes a filter on their fields: {\"name\": \"Ada\"}.");
        return Filter.EVERYTHING;
    }

    private Filter negated(FilterField field, @Nullable Object operand, String pointer, int depth) {
        if (operand instanceof Map<?, ?> json) {
            return new Filter.Not(operators(field, json, pointer, depth + 1));
        }
        count(pointer);
        violations.add(
                pointer, "filter.operand", "This operator takes an object of operators. To exclude a value, use $ne.");
        return Filter.EVERYTHING;
    }

    private boolean isTooDeep(String pointer, int depth) {
        if (depth > DEEPEST) {
            violations.add(pointer, "filter.too_deep", "Filters may be nested at most " + DEEPEST + " levels deep.");
        }
        return depth > DEEPEST;
    }

    private void count(String pointer) {
        conditions++;
        if (conditions == MOST_CONDITIONS + 1) {
            violations.add(
                    pointer, "filter.too_many_conditions", "A filter may have " + MOST_CONDITIONS + " conditions.");
        }
    }

    /** Whether more reading could only find more of the same errors. */
    private boolean isFull() {
        return conditions > MOST_CONDITIONS || violations.size() >= JsonRules.MOST_VIOLATIONS;
    }

    /** A name that can't be repeated in an answer can't be part of a pointer either. */
    private static String step(String pointer, String name) {
        return TextRules.isQuotable(name) ? pointer + "/" + Violation.escape(name) : pointer;
    }

    private static Filter allOf(List<Filter> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    private static Filter anyOf(List<Filter> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }
}
