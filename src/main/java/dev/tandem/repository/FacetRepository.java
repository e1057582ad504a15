package dev.tandem.repository;

import dev.tandem.database.filter.FacetSql;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.facet.Calendar;
import dev.tandem.domain.facet.Facet;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.FacetResult;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.facet.Ruler;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts values of the documents of a collection, in a session. */
@Singleton
public class FacetRepository {

    private static final String UNCOMPILED = "set local jit = off";

    /**
     * Prepares the transaction. PostgreSQL cannot know how few values a document has, takes the queries for very long ones, and would compile each of them for
     * longer than most of them run.
     */
    public Uni<Void> prepare() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(UNCOMPILED).executeUpdate())
                .replaceWithVoid();
    }

    /** How many documents a filter matches, of which no more than {@code most} are counted. */
    public Uni<Long> documents(UUID collectionId, Filter filter, int most) {
        return Panache.getSession()
                .chain(session -> {
                    SqlCondition counting = FacetSql.of(collectionId, filter).documents(most);
                    var query = session.createNativeQuery(counting.sql(), Object.class);
                    counting.parameters().forEach(query::setParameter);
                    return query.getSingleResult();
                })
                .map(Rows::number);
    }

    /**
     * What a facet counts of the documents that a filter matches.
     *
     * @param filter may leave out some that the facet's own matches
     */
    public Uni<FacetResult> count(UUID collectionId, Facet facet, Filter filter) {
        FacetSql sql = FacetSql.of(collectionId, filter);
        FilterField field = facet.field();
        return switch (facet.measure()) {
            case Measure.Top top -> rows(sql.values(field, top)).map(FacetRepository::values);
            case Measure.Ranges ranges -> rows(sql.ranges(field, ranges)).map(rows -> ranges(ranges, rows));
            case Measure.Histogram(var calendar) -> histogram(sql, facet, calendar);
            case Measure.Intervals(var ruler) -> intervals(sql, facet, ruler);
            case Measure.Stats stats -> rows(sql.stats(field)).map(FacetRepository::stats);
        };
    }

    private static Uni<List<Object[]>> rows(SqlCondition counting) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(counting.sql(), Object[].class);
            counting.parameters().forEach(query::setParameter);
            return query.getResultList();
        });
    }

    private static FacetResult values(List<Object[]> rows) {
        List<FacetResult.Counted> values = new ArrayList<>();
        for (Object[] row : rows) {
            if (row[0] != null) {
                values.add(new FacetResult.Counted(scalar((String) row[0]), Rows.number(row[1])));
            }
        }
        Object[] any = rows.getFirst();
        return new FacetResult.Values(values, Rows.number(any[2]), Rows.number(any[3]));
    }

    private static Object scalar(String json) {
        Object value = Json.decodeValue(json);
        return value instanceof Number number ? Metadata.canonical(number) : value;
    }

    private static FacetResult ranges(Measure.Ranges asked, List<Object[]> rows) {
        List<Long> documents = new ArrayList<>();
        Object[] row = rows.getFirst();
        for (int i = 1; i < row.length; i++) {
            documents.add(Rows.number(row[i]));
        }
        return new FacetResult.Ranges(asked, documents, Rows.number(row[0]));
    }

    private static FacetResult stats(List<Object[]> rows) {
        Object[] row = rows.getFirst();
        return new FacetResult.Stats(
                Rows.number(row[0]),
                decimal(row[1]),
                decimal(row[2]),
                decimal(row[3]),
                Rows.number(row[4]),
                Rows.number(row[5]));
    }

    private static @Nullable BigDecimal decimal(@Nullable Object text) {
        return text == null ? null : new BigDecimal((String) text);
    }

    /** The calendar is cut here: PostgreSQL may know other time zones, or other rules of the same. */
    private static Uni<FacetResult> histogram(FacetSql sql, Facet facet, Calendar calendar) {
        return rows(sql.dates(facet.field())).chain(rows -> {
            Object[] row = rows.getFirst();
            long missing = Rows.number(row[2]);
            if (row[0] == null) {
                return Uni.createFrom().item(new FacetResult.Buckets(List.of(), missing));
            }
            List<ZonedDateTime> beginnings = beginnings(facet, calendar, instant(row[0]), instant(row[1]));
            return rows(sql.buckets(
                            facet.field(),
                            beginnings.stream().map(ZonedDateTime::toInstant).toList()))
                    .map(counted -> new FacetResult.Buckets(buckets(beginnings, counted), missing));
        });
    }

    private static List<ZonedDateTime> beginnings(Facet facet, Calendar calendar, Instant first, Instant last) {
        List<ZonedDateTime> beginnings = calendar.beginnings(first, last, FacetQuery.MOST_BUCKETS);
        if (beginnings.size() > FacetQuery.MOST_BUCKETS) {
            throw tooMany(
                    facet,
                    "histogram",
                    "The dates are from " + first + " to " + last + ". Ask for longer parts, or filter them.");
        }
        return beginnings;
    }

    private static Refusal tooMany(Facet facet, String member, String message) {
        return new Refusal.Rejected(
                "/facets/" + Violation.escape(facet.name()) + "/" + member, "facet.too_many_buckets", message);
    }

    private static Instant instant(Object micros) {
        return Instant.EPOCH.plus(Long.parseLong((String) micros), ChronoUnit.MICROS);
    }

    private static List<FacetResult.Bucket> buckets(List<ZonedDateTime> beginnings, List<Object[]> rows) {
        return rows.stream()
                .map(row -> new FacetResult.Bucket(beginnings.get((int) Rows.number(row[0]) - 1), Rows.number(row[1])))
                .toList();
    }

    private static Uni<FacetResult> intervals(FacetSql sql, Facet facet, Ruler ruler) {
        return rows(sql.numbers(facet.field())).chain(rows -> {
            Object[] row = rows.getFirst();
            BigDecimal least = decimal(row[0]);
            BigDecimal greatest = decimal(row[1]);
            long missing = Rows.number(row[2]);
            if (least == null || greatest == null) {
                return Uni.createFrom().item(new FacetResult.Intervals(List.of(), missing));
            }
            refuseMany(facet, ruler, least, greatest);
            BigDecimal first = ruler.beginning(least);
            return rows(sql.intervals(facet.field(), first, ruler.width()))
                    .map(counted -> new FacetResult.Intervals(intervals(ruler, first, counted), missing));
        });
    }

    private static void refuseMany(Facet facet, Ruler ruler, BigDecimal least, BigDecimal greatest) {
        if (ruler.intervals(least, greatest).compareTo(BigInteger.valueOf(FacetQuery.MOST_BUCKETS)) > 0) {
            throw tooMany(
                    facet,
                    "interval",
                    "The numbers are from " + least.stripTrailingZeros() + " to " + greatest.stripTrailingZeros()
                            + ". Ask for wider intervals, or filter them.");
        }
    }

    private static List<FacetResult.Interval> intervals(Ruler ruler, BigDecimal first, List<Object[]> rows) {
        return rows.stream()
                .map(row -> new FacetResult.Interval(ruler.after(first, Rows.number(row[0])), Rows.number(row[1])))
                .toList();
    }
}
