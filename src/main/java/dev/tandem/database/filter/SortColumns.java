package dev.tandem.database.filter;

import dev.tandem.domain.document.DocumentOrder.Part;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.SortValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What SQL orders documents by for one field. No column is null, so that rows can be compared with a place as a whole. A value of any type has
 * three columns: the rank of its type, which is last for what has no value, then the number, then the text; those that do not apply are equal. A
 * title needs no number, and the other fields of a document are one column.
 *
 * @param columns their names or expressions
 * @param parameters what a place is compared as, a question mark each
 * @param join makes the columns of a row; null if the table has them
 */
record SortColumns(
        List<String> columns,
        List<String> parameters,
        boolean descending,
        @Nullable SqlCondition join) {

    private static final int NUMBER = 1;
    private static final int TEXT = 2;
    private static final int FALSE = 3;
    private static final int TRUE = 4;

    /** The rank of what has no value in an order that begins with the least value. */
    static final int NONE = TRUE + 1;

    private static final String AS_TEXT = "cast(? as text)";
    private static final List<String> TYPED =
            List.of("cast(cast(? as text) as int)", "cast(cast(? as text) as numeric)", AS_TEXT);

    /** Reads the value once for each row: without the offset PostgreSQL would put the expression in place of each of its uses. */
    private static final String VALUE = """
            cross join lateral (
                select jsonb_path_query_first(?, cast(cast(? as text) as jsonpath), '{}', true) as value offset 0) as found%1$d
            cross join lateral (
                select case jsonb_typeof(found%1$d.value)
                           when 'number' then 1
                           when 'string' then 2
                           when 'boolean' then case when found%1$d.value = 'true' then 4 else 3 end
                           else %2$d end as rank%1$d,
                       case when jsonb_typeof(found%1$d.value) = 'number' then cast(found%1$d.value as numeric) else 0 end as number%1$d,
                       case when jsonb_typeof(found%1$d.value) = 'string' then left(found%1$d.value #>> '{}', %3$d) else '' end
                           collate "C" as text%1$d
                offset 0) as sort%1$d""";

    /** @param number tells the columns of this part from those of others */
    static SortColumns of(Part part, int number) {
        return switch (part.field()) {
            case FieldPath path ->
                new SortColumns(
                        List.of("rank" + number, "number" + number, "text" + number),
                        TYPED,
                        part.descending(),
                        SqlCondition.of(
                                VALUE.formatted(number, last(part.descending()), SortValue.LONGEST_TEXT),
                                FilterCondition.METADATA,
                                FieldPathSql.strict(path)));
            case DocumentField.TITLE ->
                new SortColumns(
                        List.of(
                                "case when title is null then " + last(part.descending()) + " else " + TEXT + " end",
                                "left(coalesce(title, ''), " + SortValue.LONGEST_TEXT + ") collate \"C\""),
                        List.of(TYPED.getFirst(), AS_TEXT),
                        part.descending(),
                        null);
            case DocumentField own ->
                new SortColumns(List.of(column(own)), List.of(parameter(own)), part.descending(), null);
        };
    }

    /** The columns of a declared index, in which what has no value has the same rank in both directions. */
    static SortColumns stored(boolean descending) {
        return new SortColumns(List.of("rank", "number", "text"), TYPED, descending, null);
    }

    private static String column(DocumentField own) {
        return DocumentFieldCondition.column(own).name();
    }

    private static String parameter(DocumentField own) {
        return switch (own) {
            case KEY, TITLE -> AS_TEXT;
            case ID -> "cast(cast(? as text) as uuid)";
            case VERSION -> "cast(cast(? as text) as bigint)";
            case CREATED_AT, UPDATED_AT -> "cast(cast(? as text) as timestamptz)";
        };
    }

    /** The rank of what has no value. */
    private static int last(boolean descending) {
        return descending ? 0 : NONE;
    }

    /** The columns with their direction. */
    String order(boolean isBackwards) {
        String direction = descending == isBackwards ? "" : " desc";
        return columns.stream().map(column -> column + direction).collect(Collectors.joining(", "));
    }

    /** A comparison of the columns with those of a place. */
    SqlCondition compared(String operator, SortValue place) {
        return new SqlCondition(
                "(" + String.join(", ", columns) + ") " + operator + " (" + String.join(", ", parameters) + ")",
                arguments(place.value()));
    }

    /** What the parameters are for a value. */
    List<Object> arguments(@Nullable Object value) {
        if (columns.size() == 1) {
            return List.of(String.valueOf(value));
        }
        String rank = String.valueOf(rank(value));
        String text = value instanceof String given ? given : "";
        return columns.size() == 2
                ? List.of(rank, text)
                : List.of(rank, value instanceof Number number ? number.toString() : "0", text);
    }

    private int rank(@Nullable Object value) {
        return switch (value) {
            case Number number -> NUMBER;
            case String text -> TEXT;
            case Boolean truth -> truth ? TRUE : FALSE;
            case null, default -> last(descending);
        };
    }
}
