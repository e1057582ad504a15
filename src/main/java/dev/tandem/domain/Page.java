package dev.tandem.domain;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param hasMore whether another page follows
 * @param count how many items the whole list has; null if they were not counted
 */
public record Page<T>(
        List<T> items, boolean hasMore, @Nullable Long count) {

    /** @param found the next items of the list, at most {@code limit} + 1 of them; the extra one shows that another page follows */
    public static <T> Page<T> of(List<T> found, int limit) {
        boolean hasMore = found.size() > limit;
        return new Page<>(hasMore ? found.subList(0, limit) : found, hasMore, null);
    }

    /** The same page, with the number of items in the whole list. */
    public Page<T> counted(@Nullable Long all) {
        return new Page<>(items, hasMore, all);
    }

    /** The first of its items; the next page begins behind them. */
    public Page<T> limitedTo(int most) {
        return most < items.size() ? new Page<>(items.subList(0, most), true, count) : this;
    }

    /**
     * Where the next page begins; null on the last page.
     *
     * @param behind the place behind an item of the list
     */
    public <P> @Nullable P next(Function<T, P> behind) {
        return hasMore ? behind.apply(items.getLast()) : null;
    }
}
