package dev.tandem.database.filter;

import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.facet.Measure.Kind;
import dev.tandem.domain.facet.Measure.Range;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Queries that count the values of the documents that a filter matches. Each reads these documents once, and gives each of its columns a name of its own, as
 * Hibernate wants it.
 */
public final class FacetSql {

    private static final String TEXT = "case when jsonb_typeof(value) = 'string' then value #>> '{}' else '' end";

    /** The order of values that lists have too. */
    private static final String ORDER = """
            documents desc,
            case jsonb_typeof(value) when 'number' then 1 when 'string' then 2 else case when value = 'true' then 4 else 3 end end,
            case when jsonb_typeof(value) = 'number' then cast(value as numeric) else 0 end,
            (%s) collate "C"
            """.formatted(TEXT);

    private final SqlCondition selection;

    private FacetSql(SqlCondition selection) {
        this.selection = selection;
    }

    /** Of the documents of a collection that match. */
    public static FacetSql of(UUID collectionId, Filter filter) {
        SqlCondition ofCollection = SqlCondition.of("document.collection_id = ?", collectionId);
        SqlCondition matching = filter.equals(Filter.EVERYTHING) ? SqlCondition.TRUE : FilterCondition.of(filter);
        return new FacetSql(SqlCondition.all(List.of(ofCollection, Expiry.AHEAD, matching)));
    }

    /** One column: how many documents there are, of which no more than this many are looked at. */
    public SqlCondition documents(int most) {
        return joined(
                "select count(*) from (select 1 from document where ", selection, " limit ", value(most), ") as found");
    }

    /**
     * The most frequent values. Columns: a value as JSON, and how many documents have it; how many different values there are, and how many documents
     * have none. One row with nulls for the value, if there is none to be listed.
     */
    public SqlCondition values(FilterField field, Measure.Top top) {
        SqlCondition counts = top.prefix() == null
                ? SqlCondition.TRUE
                : SqlCondition.of("starts_with(" + TEXT + ", ?)", top.prefix());
        return joined(
                "with counted as (select hit.operand as value, count(*) as documents from document left join lateral (select distinct operand from (",
                FacetValues.all(field),
                ") as found) as hit on true where ",
                selection,
                " group by hit.operand) select cast(listed.value as text) as value, listed.documents, total.different, total.missing",
                " from (select count(*) filter (where value is not null and ",
                counts,
                ") as different, cast(coalesce(sum(documents) filter (where value is null), 0) as bigint) as missing from counted) as total",
                " left join lateral (select value, documents, row_number() over (order by " + ORDER + ") as place",
                " from counted where value is not null and ",
                counts,
                " and length(" + TEXT + ") <= " + FacetQuery.LONGEST_LISTED + " order by place limit ",
                value(top.most()),
                ") as listed on true order by listed.place");
    }

    /** A column for each range: how many documents have a value in it; and before them, how many have no value of its kind. */
    public SqlCondition ranges(FilterField field, Measure.Ranges ranges) {
        List<Object> parts = new ArrayList<>();
        parts.add("select count(*) filter (where hit.is_there is null) as missing");
        for (int i = 0; i < ranges.ranges().size(); i++) {
            parts.add(", count(*) filter (where hit.range" + i + ") as range" + i);
        }
        parts.add(" from document cross join lateral (select bool_or(true) as is_there");
        for (int i = 0; i < ranges.ranges().size(); i++) {
            parts.add(", bool_or(");
            parts.add(isIn(ranges.ranges().get(i), ranges.kind()));
            parts.add(") as range" + i);
        }
        parts.addAll(List.of(" from (", values(field, ranges.kind()), ") as found) as hit where ", selection));
        return joined(parts.toArray());
    }

    private static SqlCondition values(FilterField field, Kind kind) {
        return switch (kind) {
            case NUMBER -> FacetValues.numbers(field);
            case TEXT -> FacetValues.texts(field);
            case DATE -> FacetValues.dates(field);
        };
    }

    private static SqlCondition isIn(Range range, Kind kind) {
        List<SqlCondition> ends = new ArrayList<>();
        if (range.from() != null) {
            ends.add(compared(">=", range.from(), kind));
        }
        if (range.to() != null) {
            ends.add(compared("<", range.to(), kind));
        }
        return SqlCondition.all(ends);
    }

    private static SqlCondition compared(String operator, Object bound, Kind kind) {
        return switch (kind) {
            case NUMBER ->
                SqlCondition.of("operand " + operator + " cast(cast(? as text) as numeric)", bound.toString());
            case TEXT -> SqlCondition.of("operand " + operator + " cast(? as text)", bound);
            case DATE -> SqlCondition.of("operand " + operator + " cast(? as bigint)", Dates.micros((Instant) bound));
        };
    }

    /** Columns: the first and the last date, as texts of microseconds since 1970 and null if there is none, and how many documents have none. */
    public SqlCondition dates(FilterField field) {
        return ends(FacetValues.dates(field));
    }

    /** Columns: the least and the greatest number, as texts and null if there is none, and how many documents have none. */
    public SqlCondition numbers(FilterField field) {
        return ends(FacetValues.numbers(field));
    }

    private SqlCondition ends(SqlCondition values) {
        return joined(
                "select cast(min(hit.least) as text) as least, cast(max(hit.greatest) as text) as greatest,",
                " count(*) filter (where hit.least is null) as missing",
                " from document cross join lateral (select min(operand) as least, max(operand) as greatest from (",
                values,
                ") as found) as hit where ",
                selection);
    }

    /**
     * How many documents have a date between two of these instants, which are ordered, or behind the last. Columns: the number of the former one, from
     * 1, and the documents.
     */
    public SqlCondition buckets(FilterField field, List<Instant> beginnings) {
        String array = beginnings.stream()
                .map(beginning -> Long.toString(Dates.micros(beginning)))
                .collect(Collectors.joining(",", "{", "}"));
        return places(
                // A subquery of its own is evaluated once, and not for each date.
                SqlCondition.of("width_bucket(operand, (select cast(cast(? as text) as bigint[])))", array),
                FacetValues.dates(field));
    }

    /**
     * How many documents have a number in intervals of one width, of which the first begins here and no number is below. Columns: the number of the
     * interval, from 0, and the documents.
     */
    public SqlCondition intervals(FilterField field, BigDecimal first, BigDecimal width) {
        return places(
                // This division is exact. One with a fraction would be rounded, and so would be its floor.
                SqlCondition.of(
                        "div(operand - (select cast(cast(? as text) as numeric)), (select cast(cast(? as text) as numeric)))",
                        first.toString(),
                        width.toString()),
                FacetValues.numbers(field));
    }

    private SqlCondition places(SqlCondition place, SqlCondition values) {
        return joined(
                "select cast(hit.place as bigint) as place, count(*) as documents from document cross join lateral (select distinct ",
                place,
                " as place from (",
                values,
                ") as found) as hit where ",
                selection,
                " group by hit.place order by hit.place");
    }

    /** Columns: how many numbers there are, the least, the greatest and the sum as texts, how many are different, and how many documents have none. */
    public SqlCondition stats(FilterField field) {
        return joined(
                "select count(hit.operand) as numbers, cast(min(hit.operand) as text) as least,",
                " cast(max(hit.operand) as text) as greatest, cast(sum(hit.operand) as text) as total,",
                " count(distinct hit.operand) as different, count(*) filter (where hit.operand is null) as missing",
                " from document left join lateral (select distinct operand from (",
                FacetValues.numbers(field),
                ") as found) as hit on true where ",
                selection);
    }

    private static SqlCondition value(Object value) {
        return SqlCondition.of("?", value);
    }

    /** @param parts SQL without parameters, or conditions */
    private static SqlCondition joined(Object... parts) {
        StringBuilder template = new StringBuilder();
        List<Object> arguments = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof SqlCondition condition) {
                template.append(condition.template());
                arguments.addAll(condition.arguments());
            } else {
                template.append(part);
            }
        }
        return new SqlCondition(template.toString(), arguments);
    }
}
