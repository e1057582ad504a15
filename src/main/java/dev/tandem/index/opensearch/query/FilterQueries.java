package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.opensearch.shape.Fact;
import dev.tandem.index.opensearch.shape.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter as a query: matches the documents that {@link Filter#matches} is true for. */
final class FilterQueries {

    /** OpenSearch makes an automaton of a text to be looked for, and refuses long ones that repeat themselves. */
    private static final int LONGEST_WILDCARD = 64;

    /** OpenSearch counts the parts of a query, and refuses too many. */
    private static final int MOST_FACTS = 256;

    private static final String CONTAINS = "for (def fact : doc['" + Names.FACTS + "']) {"
            + " if (fact.startsWith(params.texts) && fact.indexOf(params.text, params.texts.length()) >= 0)"
            + " { return true; } } return false;";

    private static final String HAS_ALL = "doc['" + Names.FACTS + "'].containsAll(params.facts)";

    private FilterQueries() {}

    static ObjectNode of(Filter filter) {
        return switch (filter) {
            case Filter.And(var conditions) -> all(conditions);
            case Filter.Or(var conditions) -> any(conditions);
            case Filter.Not(var condition) -> not(of(condition));
            case Filter.ElementMatches(var path, var condition) ->
                throw unsupported("tell the elements of a list apart", path);
            case Filter.InBox(var path, var box) -> throw unsupported("look for places", path);
            case Filter.Near(var path, var circle) -> throw unsupported("look for places", path);
            case Filter.Exists(var field) -> fact(Fact.exists(field));
            case Filter.Equal(var field, var value) -> fact(Fact.equal(field, value));
            case Filter.In(var field, var values) -> in(facts(field, values));
            case Filter.Compare(var field, var comparison, Number bound) ->
                compare(Fact.numbers(field), comparison, Fact.number(field, bound));
            case Filter.Compare(var field, var comparison, Instant bound) ->
                compare(Fact.dates(field), comparison, Fact.date(field, bound));
            case Filter.Compare(var field, var comparison, String bound) ->
                compare(Fact.texts(field), comparison, Fact.texts(field) + bound);
            case Filter.Compare compare -> Queries.none();
            case Filter.Contains(var field, var text) -> contains(Fact.texts(field), text);
            case Filter.StartsWith(var field, var prefix) -> beginningWith(Fact.texts(field) + prefix);
        };
    }

    private static ObjectNode fact(String fact) {
        return Queries.term(Names.FACTS, fact, 1);
    }

    private static ObjectNode in(Set<String> facts) {
        return facts.isEmpty() ? Queries.none() : Queries.terms(Names.FACTS, facts);
    }

    private static Set<String> facts(FilterField field, Collection<@Nullable Object> values) {
        Set<String> facts = new LinkedHashSet<>();
        values.forEach(value -> facts.add(Fact.equal(field, value)));
        return facts;
    }

    /** Conditions that one fact meets are put together: the fact that each asks for is enough. */
    private static @Nullable String single(Filter condition) {
        return switch (condition) {
            case Filter.Exists(var field) -> Fact.exists(field);
            case Filter.Equal(var field, var value) -> Fact.equal(field, value);
            default -> null;
        };
    }

    private static ObjectNode all(List<Filter> conditions) {
        Set<String> facts = new LinkedHashSet<>();
        Set<ObjectNode> others = new LinkedHashSet<>();
        others.add(Queries.documents());
        split(conditions, facts, others);
        List<String> each = new ArrayList<>(facts);
        each.stream().limit(MOST_FACTS).map(FilterQueries::fact).forEach(others::add);
        if (each.size() > MOST_FACTS) {
            ObjectNode params = Queries.object();
            each.stream().skip(MOST_FACTS).forEach(params.putArray("facts")::add);
            others.add(Queries.script(HAS_ALL, params));
        }
        return Queries.filtered(others);
    }

    private static ObjectNode any(List<Filter> conditions) {
        Set<String> facts = new LinkedHashSet<>();
        Set<ObjectNode> others = new LinkedHashSet<>();
        split(conditions, facts, others);
        if (!facts.isEmpty() || others.isEmpty()) {
            others.add(in(facts));
        }
        ObjectNode any = Queries.object();
        any.putObject("bool").put("minimum_should_match", 1).putArray("should").addAll(others);
        return any;
    }

    private static void split(List<Filter> conditions, Set<String> facts, Set<ObjectNode> others) {
        for (Filter condition : conditions) {
            String fact = single(condition);
            if (fact == null) {
                others.add(of(condition));
            } else {
                facts.add(fact);
            }
        }
    }

    private static ObjectNode not(ObjectNode condition) {
        ObjectNode not = Queries.filtered(List.of(Queries.documents()));
        not.withObject("/bool").putArray("must_not").add(condition);
        return not;
    }

    /** @param all the beginning of everything that is compared with the bound */
    private static ObjectNode compare(String all, Comparison comparison, String bound) {
        ObjectNode query = Queries.object();
        ObjectNode range = query.putObject("range").putObject(Names.FACTS);
        switch (comparison) {
            case GREATER -> range.put("gt", bound).put("lt", Fact.after(all));
            case GREATER_OR_EQUAL -> range.put("gte", bound).put("lt", Fact.after(all));
            case LESS -> range.put("gte", all).put("lt", bound);
            case LESS_OR_EQUAL -> range.put("gte", all).put("lte", bound);
        }
        return query;
    }

    private static ObjectNode beginningWith(String beginning) {
        return Queries.range(Names.FACTS, beginning, Fact.after(beginning));
    }

    private static ObjectNode contains(String texts, String text) {
        if (text.isEmpty()) {
            return beginningWith(texts);
        }
        if (text.length() <= LONGEST_WILDCARD) {
            ObjectNode query = Queries.object();
            String escaped = text.replaceAll("[*?\\\\]", "\\\\$0");
            query.putObject("wildcard").putObject(Names.FACTS).put("value", texts + "*" + escaped + "*");
            return query;
        }
        ObjectNode params = Queries.object().put("texts", texts).put("text", text);
        return Queries.filtered(List.of(beginningWith(texts), Queries.script(CONTAINS, params)));
    }

    /** The facts do not say of which object they are. */
    private static Refusal unsupported(String wish, FieldPath path) {
        return new Refusal.Rejected(
                "/filter",
                "filter.unsupported",
                "The engine opensearch can't %s, as the filter wants for the field '%s'.".formatted(wish, path));
    }
}
