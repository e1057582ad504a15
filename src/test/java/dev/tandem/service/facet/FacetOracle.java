package dev.tandem.service.facet;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.facet.Calendar;
import dev.tandem.domain.facet.Facet;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.FacetResult;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.facet.Ruler;
import dev.tandem.domain.metadata.Dates;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What facets are, counted in memory. */
final class FacetOracle {

    private static final Comparator<Object> BY_TYPE = Comparator.comparingInt(FacetOracle::rank);

    private final List<Document> documents;

    FacetOracle(List<Document> documents) {
        this.documents = documents;
    }

    long documents(Facet facet) {
        return documents.stream().filter(facet.filter()::matches).count();
    }

    /** In a form that has the buckets of a histogram by their names. */
    Object count(Facet facet) {
        List<Document> matching =
                documents.stream().filter(facet.filter()::matches).toList();
        return switch (facet.measure()) {
            case Measure.Top top -> values(matching, facet, top);
            case Measure.Ranges ranges -> ranges(matching, facet, ranges);
            case Measure.Histogram(var calendar) -> buckets(matching, facet, calendar);
            case Measure.Intervals(var ruler) -> intervals(matching, facet, ruler);
            case Measure.Stats stats -> stats(matching, facet);
        };
    }

    /** As {@link #count} writes it. */
    static Object written(FacetResult result, Facet facet) {
        return switch (result) {
            case FacetResult.Buckets(var buckets, var missing) ->
                Map.of(
                        "missing",
                        missing,
                        "buckets",
                        buckets.stream()
                                .collect(Collectors.toMap(
                                        bucket -> name(bucket.from(), ((Measure.Histogram) facet.measure()).calendar()),
                                        FacetResult.Bucket::documents,
                                        Long::sum,
                                        TreeMap::new)));
            case FacetResult.Intervals(var intervals, var missing) ->
                Map.of(
                        "missing",
                        missing,
                        "intervals",
                        intervals.stream()
                                .map(interval -> plain(interval.from()) + ": " + interval.documents())
                                .toList());
            case FacetResult.Stats stats ->
                Arrays.asList(
                        stats.count(),
                        plain(stats.least()),
                        plain(stats.greatest()),
                        plain(stats.sum()),
                        stats.distinct(),
                        stats.missing());
            case FacetResult.Values values -> values;
            case FacetResult.Ranges ranges -> ranges;
        };
    }

    private static FacetResult values(List<Document> matching, Facet facet, Measure.Top top) {
        Map<Object, Long> counts = new HashMap<>();
        long missing = 0;
        for (Document document : matching) {
            Set<Object> values = values(document, facet);
            values.forEach(value -> counts.merge(value, 1L, Long::sum));
            missing += values.isEmpty() ? 1 : 0;
        }
        String prefix = top.prefix();
        counts.keySet().removeIf(value -> prefix != null && !(value instanceof String text && text.startsWith(prefix)));
        List<FacetResult.Counted> listed = counts.entrySet().stream()
                .filter(one -> !(one.getKey() instanceof String text)
                        || text.codePointCount(0, text.length()) <= FacetQuery.LONGEST_LISTED)
                .sorted(Map.Entry.<Object, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(BY_TYPE.thenComparing(FacetOracle::compare))))
                .limit(top.most())
                .map(one -> new FacetResult.Counted(one.getKey(), one.getValue()))
                .toList();
        return new FacetResult.Values(listed, counts.size(), missing);
    }

    private static FacetResult ranges(List<Document> matching, Facet facet, Measure.Ranges ranges) {
        long[] counts = new long[ranges.ranges().size()];
        long missing = 0;
        for (Document document : matching) {
            List<Object> values = values(document, facet).stream()
                    .map(value -> ofKind(value, ranges.kind()))
                    .filter(Objects::nonNull)
                    .toList();
            missing += values.isEmpty() ? 1 : 0;
            for (int i = 0; i < counts.length; i++) {
                Measure.Range range = ranges.ranges().get(i);
                counts[i] += values.stream()
                                .anyMatch(value -> (range.from() == null || compare(value, range.from()) >= 0)
                                        && (range.to() == null || compare(value, range.to()) < 0))
                        ? 1
                        : 0;
            }
        }
        return new FacetResult.Ranges(ranges, Arrays.stream(counts).boxed().toList(), missing);
    }

    private static Object buckets(List<Document> matching, Facet facet, Calendar calendar) {
        Map<String, Long> buckets = new TreeMap<>();
        long missing = 0;
        for (Document document : matching) {
            Set<String> names = values(document, facet).stream()
                    .map(value -> ofKind(value, Measure.Kind.DATE))
                    .filter(Objects::nonNull)
                    .map(date -> name(((Instant) date).atZone(calendar.zone()), calendar))
                    .collect(Collectors.toSet());
            missing += names.isEmpty() ? 1 : 0;
            names.forEach(name -> buckets.merge(name, 1L, Long::sum));
        }
        return Map.of("missing", missing, "buckets", buckets);
    }

    /** What a person calls the part of the calendar. */
    static String name(ZonedDateTime time, Calendar calendar) {
        String pattern =
                switch (calendar.step()) {
                    case YEAR -> "uuuu";
                    case QUARTER -> "uuuu-'Q'q";
                    case MONTH -> "uuuu-MM";
                    case WEEK -> "YYYY-'W'ww";
                    case DAY -> "uuuu-MM-dd";
                    case HOUR -> "uuuu-MM-dd HH XXX";
                };
        // The locale has weeks from Monday on, the first of which has the year's first Thursday.
        return time.format(DateTimeFormatter.ofPattern(pattern, java.util.Locale.GERMANY));
    }

    private static Object intervals(List<Document> matching, Facet facet, Ruler ruler) {
        Map<BigDecimal, Long> counts = new TreeMap<>();
        long missing = 0;
        for (Document document : matching) {
            Set<BigDecimal> own = values(document, facet).stream()
                    .filter(Number.class::isInstance)
                    .map(FacetOracle::exact)
                    .map(number -> number.subtract(above(number, ruler)).stripTrailingZeros())
                    .collect(Collectors.toSet());
            missing += own.isEmpty() ? 1 : 0;
            own.forEach(from -> counts.merge(from, 1L, Long::sum));
        }
        return Map.of(
                "missing",
                missing,
                "intervals",
                counts.entrySet().stream()
                        .map(count -> plain(count.getKey()) + ": " + count.getValue())
                        .toList());
    }

    /** How far a number is above the beginning of its interval. */
    private static BigDecimal above(BigDecimal number, Ruler ruler) {
        BigDecimal rest = number.subtract(ruler.offset()).remainder(ruler.width());
        return rest.signum() < 0 ? rest.add(ruler.width()) : rest;
    }

    private static Object stats(List<Document> matching, Facet facet) {
        List<BigDecimal> numbers = new ArrayList<>();
        long missing = 0;
        for (Document document : matching) {
            List<BigDecimal> own = values(document, facet).stream()
                    .filter(Number.class::isInstance)
                    .map(FacetOracle::exact)
                    .toList();
            missing += own.isEmpty() ? 1 : 0;
            numbers.addAll(own);
        }
        boolean isEmpty = numbers.isEmpty();
        return Arrays.asList(
                (long) numbers.size(),
                isEmpty
                        ? null
                        : plain(numbers.stream().min(Comparator.naturalOrder()).orElseThrow()),
                isEmpty
                        ? null
                        : plain(numbers.stream().max(Comparator.naturalOrder()).orElseThrow()),
                isEmpty ? null : plain(numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add)),
                numbers.stream().map(FacetOracle::plain).distinct().count(),
                missing);
    }

    private static Set<Object> values(Document document, Facet facet) {
        Set<Object> values = new HashSet<>(facet.field().scalars(document));
        values.remove(null);
        return values;
    }

    private static @Nullable Object ofKind(Object value, Measure.Kind kind) {
        return switch (kind) {
            case NUMBER -> value instanceof Number ? value : null;
            case TEXT -> value instanceof String ? value : null;
            case DATE -> value instanceof Instant ? value : value instanceof String text ? Dates.parse(text) : null;
        };
    }

    private static int rank(Object value) {
        return switch (value) {
            case Number number -> 1;
            case String text -> 2;
            default -> 3;
        };
    }

    private static int compare(Object a, Object b) {
        return switch (a) {
            case Number number -> exact(a).compareTo(exact(b));
            case String text ->
                Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
            case Instant date -> date.compareTo((Instant) b);
            default -> ((Boolean) a).compareTo((Boolean) b);
        };
    }

    private static BigDecimal exact(Object number) {
        return new BigDecimal(number.toString());
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null || number.signum() == 0
                ? number == null ? null : "0"
                : number.stripTrailingZeros().toString();
    }
}
