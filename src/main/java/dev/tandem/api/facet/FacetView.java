package dev.tandem.api.facet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.facet.FacetResult;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.Metadata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of a field.
 *
 * @param values those that most documents have
 * @param distinct how many different values there are, listed or not
 * @param ranges in the order of the request
 * @param buckets the parts of the calendar that are not empty
 * @param intervals those of numbers that are not empty
 * @param missing how many documents have no value of the kind that is counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FacetView(
        @Nullable List<ValueView> values,
        @Nullable Long distinct,
        @Nullable List<RangeView> ranges,
        @Nullable List<BucketView> buckets,
        @Nullable List<IntervalView> intervals,
        @Nullable StatsView stats,
        long missing) {

    /** A string, a number or a boolean, and how many documents have it. */
    @Schema(name = "FacetValueView")
    public record ValueView(Object value, long count) {}

    /** A range as it was asked for, and how many documents have a value in it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FacetRangeView")
    public record RangeView(@Nullable Object from, @Nullable Object to, long count) {}

    /**
     * A part of a calendar, and how many documents have a date in it.
     *
     * @param from where it begins, with the offset of the time zone if the date can be written so; left out if it can in none, before the year 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FacetBucketView")
    public record BucketView(
            @Schema(format = "date-time") @Nullable String from, long count) {}

    /**
     * An interval, and how many documents have a number in it.
     *
     * @param from where it begins
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FacetIntervalView")
    public record IntervalView(@Nullable Number from, long count) {}

    /**
     * Of the numbers of all documents.
     *
     * @param count how many there are; equal numbers of one document are one
     * @param distinct how many different ones there are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FacetStatsView")
    public record StatsView(
            long count,
            @Nullable Number min,
            @Nullable Number max,
            @Nullable Number sum,
            @Nullable Number avg,
            long distinct) {}

    /** The facets by their names. */
    public static Map<String, FacetView> of(FacetCounts counts) {
        Map<String, FacetView> views = new LinkedHashMap<>();
        counts.facets().forEach((name, result) -> views.put(name, of(result)));
        return views;
    }

    private static FacetView of(FacetResult result) {
        return switch (result) {
            case FacetResult.Values(var values, var distinct, var missing) ->
                new FacetView(
                        values.stream()
                                .map(counted -> new ValueView(counted.value(), counted.documents()))
                                .toList(),
                        distinct,
                        null,
                        null,
                        null,
                        null,
                        missing);
            case FacetResult.Ranges ranges ->
                new FacetView(null, null, ranges(ranges), null, null, null, ranges.missing());
            case FacetResult.Buckets(var buckets, var missing) ->
                new FacetView(
                        null,
                        null,
                        null,
                        buckets.stream()
                                .map(bucket -> new BucketView(written(bucket.from()), bucket.documents()))
                                .toList(),
                        null,
                        null,
                        missing);
            case FacetResult.Intervals(var intervals, var missing) ->
                new FacetView(
                        null,
                        null,
                        null,
                        null,
                        intervals.stream()
                                .map(interval -> new IntervalView(number(interval.from()), interval.documents()))
                                .toList(),
                        null,
                        missing);
            case FacetResult.Stats stats -> new FacetView(null, null, null, null, null, stats(stats), stats.missing());
        };
    }

    private static List<RangeView> ranges(FacetResult.Ranges counted) {
        List<RangeView> views = new ArrayList<>();
        for (int i = 0; i < counted.documents().size(); i++) {
            Measure.Range range = counted.asked().ranges().get(i);
            views.add(new RangeView(
                    end(range.from()), end(range.to()), counted.documents().get(i)));
        }
        return views;
    }

    private static @Nullable Object end(@Nullable Object bound) {
        return bound instanceof Instant date ? Dates.written(date, ZoneOffset.UTC) : bound;
    }

    private static @Nullable String written(ZonedDateTime from) {
        return Dates.written(from.toInstant(), from.getOffset());
    }

    private static StatsView stats(FacetResult.Stats stats) {
        return new StatsView(
                stats.count(),
                number(stats.least()),
                number(stats.greatest()),
                number(stats.sum()),
                number(stats.mean()),
                stats.distinct());
    }

    /** As metadata has it, so that every client can read it; null if it is greater than that. */
    private static @Nullable Number number(@Nullable BigDecimal exact) {
        if (exact == null || !Double.isFinite(exact.doubleValue())) {
            return null;
        }
        boolean isWhole = exact.stripTrailingZeros().scale() <= 0;
        BigInteger whole = isWhole ? exact.toBigInteger() : BigInteger.ZERO;
        return Metadata.canonical(isWhole ? whole : Double.valueOf(exact.doubleValue()));
    }
}
