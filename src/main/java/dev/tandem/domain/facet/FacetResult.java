package dev.tandem.domain.facet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was counted of a field. */
public sealed interface FacetResult {

    /** How many documents have no value of the kind that is counted. */
    long missing();

    /**
     * The values that most documents have: by the number of documents, then numbers before texts before booleans, and by their own order.
     *
     * @param distinct how many different values there are, also if they are not listed
     */
    record Values(List<Counted> values, long distinct, long missing) implements FacetResult {}

    /** @param value a text, a boolean, or a number in its canonical form */
    record Counted(Object value, long documents) {}

    /** @param documents of each range, in the order in which they were asked for */
    record Ranges(Measure.Ranges asked, List<Long> documents, long missing) implements FacetResult {}

    /** The parts of a calendar that a document has a date in, in their order. */
    record Buckets(List<Bucket> buckets, long missing) implements FacetResult {}

    /** @param from where it begins */
    record Bucket(ZonedDateTime from, long documents) {}

    /** The intervals that a document has a number in, in their order. */
    record Intervals(List<Interval> intervals, long missing) implements FacetResult {}

    /** @param from where it begins, exactly */
    record Interval(BigDecimal from, long documents) {}

    /**
     * Of the numbers of all documents, where equal numbers of one document count once.
     *
     * @param count how many there are
     * @param least null if there are none
     * @param sum exactly
     * @param distinct how many different ones there are
     */
    record Stats(
            long count,
            @Nullable BigDecimal least,
            @Nullable BigDecimal greatest,
            @Nullable BigDecimal sum,
            long distinct,
            long missing)
            implements FacetResult {

        /** More precise than any number that metadata has. */
        private static final MathContext PRECISION = new MathContext(40);

        /** Null if there are no numbers. */
        public @Nullable BigDecimal mean() {
            return sum == null ? null : sum.divide(BigDecimal.valueOf(count), PRECISION);
        }
    }
}
