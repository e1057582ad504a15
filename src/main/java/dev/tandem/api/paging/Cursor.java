package dev.tandem.api.paging;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Converts places in one list into cursors, with which clients continue on the next page.
 *
 * @param list identifies the list, including everything that selects and orders its items: a cursor is valid for this list only
 * @param write turns a place into text
 * @param read the inverse of {@code write}
 */
public record Cursor<P>(String list, Function<P, String> write, Function<String, P> read) {

    /** The place behind an item. */
    public String behind(P place) {
        return CursorCodec.close(write.apply(place), list);
    }

    /**
     * The place where a page begins; null if there is no cursor, so that the page is the first one.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if the cursor is from another list, or has been changed
     */
    public @Nullable P place(@Nullable String cursor) {
        return cursor == null ? null : read.apply(CursorCodec.open(cursor, list));
    }
}
