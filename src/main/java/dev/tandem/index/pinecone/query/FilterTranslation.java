package dev.tandem.index.pinecone.query;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.refusal.Refusal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A filter as a condition of Pinecone. What Pinecone has no words for is refused by name. */
public final class FilterTranslation {

    private FilterTranslation() {}

    /**
     * Lets through what the filter matches, and in addition the documents whose {@link Facts} did not fit: their rows decide.
     *
     * @throws Refusal.Rejected if Pinecone has no words for the filter
     */
    public static Condition of(Filter filter) {
        Condition condition = of(filter, false);
        boolean isConstant = condition.equals(Condition.EVERYTHING) || condition.equals(Condition.NOTHING);
        return isConstant ? condition : Condition.either(List.of(new Condition.Any(Set.of(Terms.OVERFLOW)), condition));
    }

    /** @param isNot whether the opposite is meant */
    private static Condition of(Filter filter, boolean isNot) {
        return switch (filter) {
            case Filter.And(var conditions) -> isNot ? either(conditions, true) : all(conditions, false);
            case Filter.Or(var conditions) -> isNot ? all(conditions, true) : either(conditions, false);
            case Filter.Not(var condition) -> of(condition, !isNot);
            case Filter.ElementMatches(var path, var condition) ->
                throw unsupported("tell the elements of a list apart", path);
            case Filter.InBox(var path, var box) -> throw unsupported("look for places", path);
            case Filter.Near(var path, var circle) -> throw unsupported("look for places", path);
            case Filter.Exists(var field) -> terms(Set.of(Terms.exists(field)), isNot);
            case Filter.Equal(var field, var value) -> terms(Set.of(Terms.equal(field, value)), isNot);
            case Filter.In(var field, var values) -> {
                Set<String> terms = new LinkedHashSet<>();
                values.forEach(value -> terms.add(Terms.equal(field, value)));
                yield terms(terms, isNot);
            }
            case Filter.Compare(var field, var comparison, Number bound) ->
                numbers(Terms.numbers(field, false), comparison, bound, isNot);
            case Filter.Compare(var field, var comparison, Instant bound) ->
                numbers(Terms.numbers(field, true), comparison, Dates.micros(bound), isNot);
            case Filter.Compare(var field, var comparison, String bound) ->
                throw unsupported("compare texts by their order", field);
            case Filter.Compare compare -> isNot ? Condition.EVERYTHING : Condition.NOTHING;
            case Filter.Contains(var field, var text) -> throw unsupported("look for a part of a text", field);
            case Filter.StartsWith(var field, var prefix) ->
                throw unsupported("look for the beginning of a text", field);
        };
    }

    private static Condition all(List<Filter> filters, boolean isNot) {
        return Condition.all(filters.stream().map(filter -> of(filter, isNot)).toList());
    }

    private static Condition either(List<Filter> filters, boolean isNot) {
        return Condition.either(
                filters.stream().map(filter -> of(filter, isNot)).toList());
    }

    private static Condition terms(Set<String> terms, boolean isNot) {
        if (terms.isEmpty()) {
            return isNot ? Condition.EVERYTHING : Condition.NOTHING;
        }
        return isNot ? new Condition.None(terms) : new Condition.Any(terms);
    }

    /** Some number is greater if the greatest one is, and no number is greater if the greatest one is not, or there is no number. */
    private static Condition numbers(String name, Comparison comparison, Number bound, boolean isNot) {
        String end = comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL ? "h" : "l";
        ExactNumber exact = ExactNumber.of(bound);
        if (!isNot) {
            return range(name + end, comparison, exact);
        }
        return Condition.either(List.of(
                range(name + end, opposite(comparison), exact), new Condition.None(Set.of(Terms.hasNumber(name)))));
    }

    private static Comparison opposite(Comparison comparison) {
        return switch (comparison) {
            case GREATER -> Comparison.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Comparison.LESS;
            case LESS -> Comparison.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Comparison.GREATER;
        };
    }

    private static Condition range(String member, Comparison comparison, ExactNumber bound) {
        if (!bound.hasNeighbours()) {
            return new Condition.Range(member, operator(comparison), bound.nearest());
        }
        boolean upwards = comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL;
        Condition beyond = new Condition.Range(member, upwards ? "$gt" : "$lt", bound.nearest());
        Condition same = new Condition.Range(member, "$eq", bound.nearest());
        return Condition.either(List.of(beyond, Condition.all(List.of(same, rest(member, comparison, bound)))));
    }

    /** A number without a rest in its metadata has the rest 0. */
    private static Condition rest(String member, Comparison comparison, ExactNumber bound) {
        Condition range = new Condition.Range(member + "r", operator(comparison), (double) bound.rest());
        return comparison.holds(Long.compare(0, bound.rest()))
                ? Condition.either(List.of(range, new Condition.None(Set.of(Terms.hasRest(member)))))
                : range;
    }

    private static String operator(Comparison comparison) {
        return switch (comparison) {
            case GREATER -> "$gt";
            case GREATER_OR_EQUAL -> "$gte";
            case LESS -> "$lt";
            case LESS_OR_EQUAL -> "$lte";
        };
    }

    private static Refusal.Rejected unsupported(String wish, FilterField field) {
        String written =
                switch (field) {
                    case FieldPath path -> path.toString();
                    case DocumentField own -> own.written();
                };
        return new Refusal.Rejected(
                "/filter",
                "filter.unsupported",
                "The engine pinecone can't %s, as the filter wants for the field '%s'.".formatted(wish, written));
    }
}
