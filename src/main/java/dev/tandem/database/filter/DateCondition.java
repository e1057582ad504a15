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

    /** Finds the parts of each text that has the form of a date, and takes those that name a day of the calendar. */
    private static final String SOME_DATE = """
            exists (
                select 1
                from jsonb_path_query(?, cast(cast(? as text) as jsonpath)) as found (value)
                cross join lateral regexp_match(
                    found.value #>> '{}',
                    '^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
                    || '[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])([.][0-9]+){0,1}'
                    || '([Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$') as written (part)
                cross join lateral make_date(cast(part[1] as int), cast(part[2] as int), 1) as month (first)
                where cast(part[3] as int) <= extract(day from first + interval '1 month' - interval '1 day')
                  and cast(first - date '1970-01-01' + cast(part[3] as int) - 1 as bigint) * 86400000000
                      + ((cast(part[4] as bigint) * 60 + cast(part[5] as bigint)) * 60 + cast(part[6] as bigint)) * 1000000
                      + cast(rpad(substr(coalesce(part[7], '.'), 2, 6), 6, '0') as bigint)
                      - coalesce(cast(part[9] || '1' as bigint)
                                 * (cast(part[10] as bigint) * 60 + cast(part[11] as bigint)) * 60000000, 0)
                      %s)
            """;

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
