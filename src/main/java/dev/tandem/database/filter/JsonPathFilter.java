package dev.tandem.database.filter;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as one PostgreSQL jsonpath predicate, for {@code metadata @@ cast(:filter as jsonpath)}. It is true for exactly the metadata
 * that {@link Filter#matches} accepts. A GIN index of {@code jsonb_path_ops} serves its equalities.
 *
 * <p>The predicate uses lax mode: a list stands for its elements, one level deep, at each step and before a comparison. jsonpath has three
 * truth values: comparing a text with a number gives <em>unknown</em>. For {@code &&} and {@code ||}, unknown works like false, but its
 * negation is unknown too. So a negated condition is written as a filter expression, whose result is only true or false.
 *
 * @see <a href="https://www.postgresql.org/docs/17/functions-json.html#FUNCTIONS-SQLJSON-PATH">SQL/JSON path language</a>
 */
final class JsonPathFilter {

    private static final String TRUE = "exists($)";
    private static final String FALSE = "!exists($)";

    private JsonPathFilter() {}

    /** The predicate as text. Every value from a client becomes a literal in it. */
    static String of(Filter filter) {
        return switch (filter) {
            case Filter.And and -> joined(and.conditions(), " && ", TRUE);
            case Filter.Or or -> joined(or.conditions(), " || ", FALSE);
            case Filter.Not not -> "!exists($ ? (" + of(not.condition()) + "))";
            case Filter.Exists exists -> "exists(" + path(exists.field()) + ")";
            case Filter.Equal equal -> path(equal.field()) + " == " + literal(equal.value());
            case Filter.In in -> in(in);
            case Filter.Compare compare ->
                path(compare.field()) + sign(compare.comparison()) + literal(compare.bound());
            case Filter.Contains contains ->
                path(contains.field()) + " like_regex " + quoted(contains.text()) + " flag \"q\"";
            case Filter.StartsWith starts -> path(starts.field()) + " starts with " + quoted(starts.prefix());
        };
    }

    private static String joined(List<Filter> conditions, String operator, String none) {
        return conditions.isEmpty()
                ? none
                : conditions.stream()
                        .map(condition -> "(" + of(condition) + ")")
                        .collect(Collectors.joining(operator));
    }

    private static String in(Filter.In in) {
        String path = path(in.field());
        return in.values().isEmpty()
                ? FALSE
                : in.values().stream()
                        .map(value -> path + " == " + literal(value))
                        .collect(Collectors.joining(" || "));
    }

    private static String sign(Comparison comparison) {
        return switch (comparison) {
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
        };
    }

    /** The path in jsonpath. */
    static String path(FieldPath path) {
        return path.names().stream().map(JsonPathFilter::quoted).collect(Collectors.joining(".", "$.", ""));
    }

    private static String path(FilterField field) {
        return switch (field) {
            case FieldPath path -> path(path);
            case DocumentField own -> throw new IllegalArgumentException(own + " is not metadata");
        };
    }

    /** A double is written with its shortest decimals, because the row contains it in that form. */
    private static String literal(@Nullable Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Instant date -> throw new IllegalArgumentException(date + " is not compared as text");
            case null, default -> String.valueOf(value);
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
