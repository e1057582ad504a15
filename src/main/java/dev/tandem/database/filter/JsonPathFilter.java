package dev.tandem.database.filter;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.geo.GeoBox;
import dev.tandem.domain.metadata.geo.GeoPoint;
import dev.tandem.domain.metadata.geo.GeoRectangle;
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

    private static final String ROOT = "$";

    /** What a filter expression is about. */
    private static final String ELEMENT = "@";

    private static final String LAT = ELEMENT + "." + quoted(GeoPoint.LAT);
    private static final String LON = ELEMENT + "." + quoted(GeoPoint.LON);

    /** A list has another type, though a comparison would look into it. */
    private static final String IS_PLACE = LAT + ".type() == \"number\" && " + LON + ".type() == \"number\"";

    private static final String TRUE = "exists($)";
    private static final String FALSE = "!exists($)";

    private JsonPathFilter() {}

    /** The predicate as text. Every value from a client becomes a literal in it. */
    static String of(Filter filter) {
        return of(filter, ROOT);
    }

    /** @param base what the paths of the filter begin in */
    private static String of(Filter filter, String base) {
        return switch (filter) {
            case Filter.And and -> joined(and.conditions(), base, " && ", TRUE);
            case Filter.Or or -> joined(or.conditions(), base, " || ", FALSE);
            case Filter.Not not -> "!exists(" + base + " ? (" + of(not.condition(), base) + "))";
            case Filter.ElementMatches(var path, var condition) ->
                "exists(" + objects(path, base, of(condition, ELEMENT)) + ")";
            case Filter.InBox(var path, var box) -> "exists(" + places(path, base, box) + ")";
            case Filter.Near(var path, var circle) ->
                throw new IllegalArgumentException(circle + " takes more than comparisons");
            case Filter.Exists exists -> "exists(" + path(exists.field(), base) + ")";
            case Filter.Equal equal -> path(equal.field(), base) + " == " + literal(equal.value());
            case Filter.In in -> in(in, base);
            case Filter.Compare compare ->
                path(compare.field(), base) + sign(compare.comparison()) + literal(compare.bound());
            case Filter.Contains contains ->
                path(contains.field(), base) + " like_regex " + quoted(contains.text()) + " flag \"q\"";
            case Filter.StartsWith starts -> path(starts.field(), base) + " starts with " + quoted(starts.prefix());
        };
    }

    /** The objects that a path leads to, in jsonpath. A filter looks into a list, and not into lists in it. */
    static String objects(FieldPath path) {
        return objects(path, ROOT, TRUE);
    }

    private static String objects(FieldPath path, String base, String condition) {
        return path(path, base) + " ? (@.type() == \"object\" && (" + condition + "))";
    }

    /** The places in a box that a path leads to, in jsonpath. Their numbers are numbers, within their bounds. */
    static String places(FieldPath path, GeoBox box) {
        return places(path, ROOT, box);
    }

    private static String places(FieldPath path, String base, GeoBox box) {
        String within = box.rectangles().stream().map(JsonPathFilter::within).collect(Collectors.joining(" || "));
        return objects(path, base, IS_PLACE + " && (" + within + ")");
    }

    private static String within(GeoRectangle rectangle) {
        return "(" + LAT + " >= " + rectangle.south() + " && " + LAT + " <= " + rectangle.north() + " && " + LON
                + " >= " + rectangle.west() + " && " + LON + " <= " + rectangle.east() + ")";
    }

    private static String joined(List<Filter> conditions, String base, String operator, String none) {
        return conditions.isEmpty()
                ? none
                : conditions.stream()
                        .map(condition -> "(" + of(condition, base) + ")")
                        .collect(Collectors.joining(operator));
    }

    private static String in(Filter.In in, String base) {
        String path = path(in.field(), base);
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
        return path(path, ROOT);
    }

    private static String path(FilterField field, String base) {
        return switch (field) {
            case FieldPath path ->
                path.names().stream().map(JsonPathFilter::quoted).collect(Collectors.joining(".", base + ".", ""));
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
