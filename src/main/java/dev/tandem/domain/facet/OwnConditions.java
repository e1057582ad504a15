package dev.tandem.domain.facet;

import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import java.util.List;

/** The conditions of a filter that are about one field, and that a facet of this field can do without. */
public final class OwnConditions {

    private OwnConditions() {}

    /**
     * The filter without those of its conditions that are about the field alone. Only conditions that must all hold are looked at: one inside an
     * {@code $or} or a {@code $not} goes only if all of that is about the field.
     */
    public static Filter without(Filter filter, FilterField field) {
        if (filter instanceof Filter.And(var conditions)) {
            List<Filter> others = conditions.stream()
                    .map(condition -> without(condition, field))
                    .filter(condition -> !condition.equals(Filter.EVERYTHING))
                    .toList();
            return others.size() == 1 ? others.getFirst() : new Filter.And(others);
        }
        return isAbout(filter, field) ? Filter.EVERYTHING : filter;
    }

    private static boolean isAbout(Filter filter, FilterField field) {
        return switch (filter) {
            case Filter.And(var conditions) -> areAbout(conditions, field);
            case Filter.Or(var conditions) -> areAbout(conditions, field);
            case Filter.Not(var condition) -> isAbout(condition, field);
            case Filter.Exists(var own) -> own.equals(field);
            case Filter.Equal(var own, var value) -> own.equals(field);
            case Filter.In(var own, var values) -> own.equals(field);
            case Filter.Compare(var own, var comparison, var bound) -> own.equals(field);
            case Filter.Contains(var own, var text) -> own.equals(field);
            case Filter.StartsWith(var own, var prefix) -> own.equals(field);
            case Filter.ElementMatches(var own, var condition) -> own.equals(field);
            case Filter.InBox(var own, var box) -> own.equals(field);
            case Filter.Near(var own, var circle) -> own.equals(field);
        };
    }

    private static boolean areAbout(List<Filter> conditions, FilterField field) {
        return !conditions.isEmpty() && conditions.stream().allMatch(condition -> isAbout(condition, field));
    }
}
