package dev.tandem.domain.facet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted of the values of a field. */
public sealed interface Measure {

    /**
     * Which texts, numbers and booleans most documents have.
     *
     * @param most how many of them are listed
     * @param prefix what the texts begin with that count, and then nothing else does; null for all values
     */
    record Top(int most, @Nullable String prefix) implements Measure {}

    /** How many documents have a value in each of these ranges, which may overlap. */
    record Ranges(Kind kind, List<Range> ranges) implements Measure {
        public Ranges {
            ranges = List.copyOf(ranges);
        }
    }

    /** What ranges are of: only values of this kind are in one. */
    enum Kind {
        NUMBER,
        TEXT,
        /** Also texts that write a date. */
        DATE
    }

    /**
     * At least one end of a range is there: a number in its canonical form, a text or an {@link java.time.Instant}, as the kind says.
     *
     * @param from belongs to the range; null if there is no least
     * @param to does not belong to the range; null if there is no greatest
     */
    record Range(@Nullable Object from, @Nullable Object to) {}

    /** How many documents have a date in each part of a calendar. */
    record Histogram(Calendar calendar) implements Measure {}

    /** How many documents have a number in each interval of a ruler. */
    record Intervals(Ruler ruler) implements Measure {}

    /** The least, the greatest, the sum and the mean of the numbers. */
    record Stats() implements Measure {}
}
