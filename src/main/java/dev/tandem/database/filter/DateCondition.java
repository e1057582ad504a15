package dev.tandem.database.filter;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.FieldPath;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;

/**
 * Conditions on dates in metadata. A text that writes a date, by the rules of {@link Dates}, counts as microseconds since 1970. So all ways
 * to write an instant are equal, and the time zone of the session does not matter.
 */
final class DateCondition {

    /**
     * Takes the texts that have the form of a date. All but the digits of a second and the offset have their places in it, and to look there takes a
     * quarter of the time that parts of a regular expression take. Without the offset of 0, PostgreSQL would match the text again for each of them.
     */
    private static final String TEXTS = """
            jsonb_path_query(?, cast(cast(? as text) as jsonpath)) as found (value)
            cross join lateral (
                select case when found.value #>> '{}' ~ (
                    '^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
                    || '[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])([.][0-9]+){0,1}'
                    || '([Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$') then found.value #>> '{}' end as date
                offset 0) as written
            cross join lateral (select case when right(date, 1) in ('Z', 'z') then 'Z' else right(date, 6) end as zone offset 0) as zoned
            cross join lateral make_date(cast(left(date, 4) as int), cast(substr(date, 6, 2) as int), 1) as month (first)
            """;

    /** Whether it names a day of the calendar. */
    private static final String IS_DATE =
            "cast(substr(date, 9, 2) as int) <= extract(day from first + interval '1 month' - interval '1 day')";

    private static final String MICROS = """
            cast(first - date '1970-01-01' + cast(substr(date, 9, 2) as int) - 1 as bigint) * 86400000000
            + ((cast(substr(date, 12, 2) as bigint) * 60 + cast(substr(date, 15, 2) as bigint)) * 60
               + cast(substr(date, 18, 2) as bigint)) * 1000000
            + cast(rpad(substr(date, 21, greatest(0, least(6, length(date) - 20 - length(zone)))), 6, '0') as bigint)
            - case zone when 'Z' then 0
              else cast(left(zone, 1) || '1' as bigint)
                   * (cast(substr(zone, 2, 2) as bigint) * 60 + cast(right(zone, 2) as bigint)) * 60000000 end
            """;

    private static final String SOME_DATE =
            "exists (select 1 from " + TEXTS + " where " + IS_DATE + " and " + MICROS + " %s)";

    private static final String IN = SOME_DATE.formatted(
            "= any(array(select cast(micros as bigint) from jsonb_array_elements_text(cast(cast(? as text) as jsonb)) as micros))");

    private DateCondition() {}

    static SqlCondition in(SqlCondition metadata, FieldPath path, List<Instant> dates) {
        JsonArray micros = new JsonArray(dates.stream().map(Dates::micros).toList());
        return SqlCondition.on(metadata, IN, texts(path), micros.encode());
    }

    static SqlCondition compare(SqlCondition metadata, FieldPath path, Comparison comparison, Instant bound) {
        String compared = SOME_DATE.formatted(sign(comparison) + " cast(? as bigint)");
        return SqlCondition.on(metadata, compared, texts(path), Dates.micros(bound));
    }

    /** The dates that a path leads to, as rows of one column. */
    static SqlCondition dates(FieldPath path) {
        return SqlCondition.of(
                "select " + MICROS + " as operand from " + TEXTS + " where " + IS_DATE,
                FilterCondition.METADATA,
                texts(path));
    }

    /** The operator in SQL. */
    static String sign(Comparison comparison) {
        return switch (comparison) {
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
        };
    }

    /** The texts that a path leads to: a lax filter looks into a list, and not into lists in it. */
    private static String texts(FieldPath path) {
        return JsonPathFilter.path(path) + " ? (@.type() == \"string\")";
    }
}
