package dev.tandem.domain.advice;

import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the metadata that a statement filters or sorts on. A document's own fields are not among them.
 *
 * @param uses what the statement does with each of them, at least one thing
 */
public record UsedFields(Map<FieldPath, Set<FieldUse>> uses) {

    public static final UsedFields NONE = new UsedFields(Map.of());

    public UsedFields {
        uses = Collections.unmodifiableMap(new LinkedHashMap<>(uses));
    }

    /** Those of a page. */
    public static UsedFields of(DocumentQuery query) {
        Reading reading = new Reading();
        reading.read(query.filter(), null);
        for (DocumentOrder.Part part : query.order().parts()) {
            reading.add(part.field(), null, FieldUse.SORT);
        }
        FieldPath served = query.servingIndex();
        if (served != null) {
            reading.add(served, null, FieldUse.INDEXABLE);
        }
        return new UsedFields(reading.found);
    }

    /** Those of filters. */
    public static UsedFields of(Collection<Filter> filters) {
        Reading reading = new Reading();
        filters.forEach(filter -> reading.read(filter, null));
        return new UsedFields(reading.found);
    }

    public boolean isEmpty() {
        return uses.isEmpty();
    }

    /** Walks through a filter. */
    private static final class Reading {

        private final Map<FieldPath, Set<FieldUse>> found = new LinkedHashMap<>();

        /** @param base the path to the objects that the filter is about; null if it is about documents */
        void read(Filter filter, @Nullable FieldPath base) {
            switch (filter) {
                case Filter.And(var conditions) -> conditions.forEach(condition -> read(condition, base));
                case Filter.Or(var conditions) -> conditions.forEach(condition -> read(condition, base));
                case Filter.Not(var condition) -> readNegated(condition, base);
                case Filter.ElementMatches(var path, var condition) -> read(condition, beyond(base, path));
                case Filter.Equal(var field, var value) -> add(field, base, equality(value instanceof Instant));
                case Filter.In(var field, var values) ->
                    add(field, base, equality(values.stream().anyMatch(Instant.class::isInstance)));
                case Filter.Compare(var field, var comparison, var bound) -> add(field, base, FieldUse.RANGE);
                case Filter.InBox(var path, var box) -> add(path, base, FieldUse.OTHER);
                case Filter.Near(var path, var circle) -> add(path, base, FieldUse.OTHER);
                case Filter.Exists(var field) -> add(field, base, FieldUse.OTHER);
                case Filter.Contains(var field, var text) -> add(field, base, FieldUse.OTHER);
                case Filter.StartsWith(var field, var prefix) -> add(field, base, FieldUse.OTHER);
            }
        }

        /** No index finds what a condition does not hold for. */
        private void readNegated(Filter filter, @Nullable FieldPath base) {
            Reading inside = new Reading();
            inside.read(filter, base);
            inside.found.keySet().forEach(path -> add(path, null, FieldUse.OTHER));
        }

        void add(FilterField field, @Nullable FieldPath base, FieldUse use) {
            if (field instanceof FieldPath path) {
                found.computeIfAbsent(beyond(base, path), ignored -> EnumSet.noneOf(FieldUse.class))
                        .add(use);
            }
        }

        private static FieldUse equality(boolean isDate) {
            return isDate ? FieldUse.RANGE : FieldUse.EQUAL;
        }

        private static FieldPath beyond(@Nullable FieldPath base, FieldPath path) {
            return base == null ? path : base.beyond(path);
        }
    }
}
