package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Filter;
import java.util.List;

/**
 * What it costs to ask a filter of one document: about one for each comparison of short values. A list, and a search whose hits are few, may ask
 * it of every document, so that the cost has a limit beside the number of conditions.
 */
final class FilterCost {

    static final long MOST = 256;

    /** A part may begin anywhere in the text. */
    private static final int PART = 8;

    /** In UTF-16 units. The longer a part is, the larger is the automaton that PostgreSQL makes of it. */
    private static final int UNITS_OF_PART = 64;

    private static final int PREFIX = 2;

    /** They are looked for as a set. */
    private static final int VALUES = 50;

    /** The condition is asked of each of a list's elements. */
    private static final int ELEMENTS = 4;

    private static final int BOX = 4;

    /** Sines are computed of each place that may be near. */
    private static final int CIRCLE = 32;

    private FilterCost() {}

    /** What a client is told whose filter costs this. */
    static String tooMuch(long cost) {
        return "Asking this filter of each document costs as much as " + cost + " comparisons, and at most " + MOST
                + " are allowed. $near " + CIRCLE + ", $contains " + PART + " or more, $box " + BOX + ", $startsWith "
                + PREFIX + ", $elemMatch " + ELEMENTS + " times what is inside, a list of values 1 for every " + VALUES
                + " and 1 more, any other condition 1.";
    }

    /** The deepest filter of as many conditions as are allowed costs more than an int has. */
    static long of(Filter filter) {
        return switch (filter) {
            case Filter.And(var conditions) -> sum(conditions);
            case Filter.Or(var conditions) -> sum(conditions);
            case Filter.Not(var condition) -> of(condition);
            case Filter.ElementMatches(var path, var condition) -> 1 + ELEMENTS * of(condition);
            case Filter.InBox inBox -> BOX;
            case Filter.Near near -> CIRCLE;
            case Filter.Contains contains -> PART + contains.text().length() / UNITS_OF_PART;
            case Filter.StartsWith startsWith -> PREFIX;
            case Filter.In in -> 1 + in.values().size() / VALUES;
            case Filter.Exists exists -> 1;
            case Filter.Equal equal -> 1;
            case Filter.Compare compare -> 1;
        };
    }

    private static long sum(List<Filter> conditions) {
        return conditions.stream().mapToLong(FilterCost::of).sum();
    }
}
