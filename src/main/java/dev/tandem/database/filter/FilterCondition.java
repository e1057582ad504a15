package dev.tandem.database.filter;

import dev.tandem.database.filter.SqlCondition.Column;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a condition in SQL, true for exactly the documents that {@link Filter#matches} is true for.
 *
 * <p>Conditions on metadata become {@linkplain JsonPathFilter jsonpath}; those that must all hold become one predicate, which the GIN index
 * serves. Conditions on a document's own fields and on dates become SQL.
 */
public final class FilterCondition {

    static final Column METADATA = new Column("metadata", "metadata");

    /** The objects that a path leads to and that a condition holds for. */
    private static final String SOME_ELEMENT =
            "exists (select 1 from jsonb_path_query(?, cast(cast(? as text) as jsonpath)) as element (value) where ";

    private static final FilterCondition ON_ROW = new FilterCondition(SqlCondition.of("?", METADATA));

    /** An inner element hides the outer one, except in the expression that looks for it. */
    private static final FilterCondition ON_ELEMENT = new FilterCondition(SqlCondition.of("(element.value)"));

    private final SqlCondition metadata;

    /** @param metadata the expression for what the paths of filters begin in */
    private FilterCondition(SqlCondition metadata) {
        this.metadata = metadata;
    }

    public static SqlCondition of(Filter filter) {
        return ON_ROW.condition(filter);
    }

    private SqlCondition condition(Filter filter) {
        List<Filter> conditions = filter instanceof Filter.And(var all) ? all : List.of(filter);
        List<Filter> onMetadata =
                conditions.stream().filter(FilterCondition::isJsonPath).toList();
        if (onMetadata.size() == conditions.size()) {
            return jsonPath(filter);
        }
        List<SqlCondition> all = new ArrayList<>();
        if (!onMetadata.isEmpty()) {
            // Nothing around it is negated, so unknown is as good as false, and the index can be used.
            all.add(jsonPath(new Filter.And(onMetadata)));
        }
        conditions.stream()
                .filter(condition -> !isJsonPath(condition))
                .map(this::decided)
                .forEach(all::add);
        return SqlCondition.all(all);
    }

    /** Whether jsonpath can say it: it is about metadata only, and not about dates. */
    private static boolean isJsonPath(Filter filter) {
        return switch (filter) {
            case Filter.And(var conditions) -> conditions.stream().allMatch(FilterCondition::isJsonPath);
            case Filter.Or(var conditions) -> conditions.stream().allMatch(FilterCondition::isJsonPath);
            case Filter.Not(var condition) -> isJsonPath(condition);
            case Filter.ElementMatches(var path, var condition) -> isJsonPath(condition);
            case Filter.Equal(var field, var value) -> field instanceof FieldPath && !(value instanceof Instant);
            case Filter.In(var field, var values) ->
                field instanceof FieldPath && values.stream().noneMatch(Instant.class::isInstance);
            case Filter.Compare(var field, var comparison, var bound) ->
                field instanceof FieldPath && !(bound instanceof Instant);
            case Filter.InBox ignored -> true;
            case Filter.Near ignored -> false;
            case Filter.Exists(var field) -> field instanceof FieldPath;
            case Filter.Contains(var field, var text) -> field instanceof FieldPath;
            case Filter.StartsWith(var field, var prefix) -> field instanceof FieldPath;
        };
    }

    private SqlCondition jsonPath(Filter filter) {
        return SqlCondition.on(metadata, "? @@ cast(cast(? as text) as jsonpath)", JsonPathFilter.of(filter));
    }

    /** A condition that is never unknown, so that it can be negated. */
    private SqlCondition decided(Filter filter) {
        if (isJsonPath(filter)) {
            return jsonPath(filter).decided();
        }
        return switch (filter) {
            case Filter.And(var conditions) -> SqlCondition.all(decided(conditions));
            case Filter.Or(var conditions) -> SqlCondition.any(decided(conditions));
            case Filter.Not(var condition) -> decided(condition).negated();
            case Filter.ElementMatches(var path, var condition) -> element(path, condition);
            case Filter.Equal(FieldPath path, var value) -> in(path, List.of((Instant) value));
            case Filter.In(FieldPath path, var values) -> in(path, values);
            case Filter.Compare(FieldPath path, var comparison, var bound) ->
                DateCondition.compare(metadata, path, comparison, (Instant) bound);
            case Filter.Equal(DocumentField field, var value) -> DocumentFieldCondition.equal(field, value);
            case Filter.In(DocumentField field, var values) -> DocumentFieldCondition.in(field, values);
            case Filter.Compare(DocumentField field, var comparison, var bound) ->
                DocumentFieldCondition.compare(field, comparison, bound);
            case Filter.InBox ignored -> jsonPath(filter).decided();
            case Filter.Near(var path, var circle) -> GeoCondition.near(metadata, path, circle);
            case Filter.Exists(var field) -> DocumentFieldCondition.exists((DocumentField) field);
            case Filter.Contains(var field, var text) -> DocumentFieldCondition.contains((DocumentField) field, text);
            case Filter.StartsWith(var field, var prefix) ->
                DocumentFieldCondition.startsWith((DocumentField) field, prefix);
        };
    }

    private SqlCondition element(FieldPath path, Filter condition) {
        SqlCondition found = SqlCondition.on(metadata, SOME_ELEMENT, JsonPathFilter.objects(path));
        SqlCondition holds = ON_ELEMENT.decided(condition);
        List<Object> arguments = new ArrayList<>(found.arguments());
        arguments.addAll(holds.arguments());
        return new SqlCondition(found.template() + holds.template() + ")", arguments);
    }

    private List<SqlCondition> decided(List<Filter> conditions) {
        return conditions.stream().map(this::decided).toList();
    }

    /** Some of the values may be dates, and others not. */
    private SqlCondition in(FieldPath path, Collection<? extends @Nullable Object> values) {
        List<Instant> dates = new ArrayList<>();
        List<@Nullable Object> others = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Instant date) {
                dates.add(date);
            } else {
                others.add(value);
            }
        }
        SqlCondition isDate = DateCondition.in(metadata, path, dates);
        return others.isEmpty()
                ? isDate
                : SqlCondition.any(List.of(jsonPath(new Filter.In(path, others)).decided(), isDate));
    }
}
