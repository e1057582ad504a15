package dev.tandem.api.paging;

import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Converts places in one list into cursors, with which clients continue on the next page.
 *
 * @param list identifies the list, including everything that selects and orders its items: a cursor is valid for this list only
 * @param write turns a place into text
 * @param read the inverse of {@code write}; it may throw for a text that {@code write} never makes
 */
public record Cursor<P>(String list, Function<P, String> write, Function<String, P> read) {

    /** The place behind an item. */
    public String behind(P place) {
        return CursorCodec.close(write.apply(place), list);
    }

    /**
     * The place where a page begins; null if there is no cursor, so that the page is the first one.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if the cursor is from another list, has been changed, or was never made here
     */
    public @Nullable P place(@Nullable String cursor) {
        return cursor == null ? null : read(CursorCodec.open(cursor, list));
    }

    /** A text that seems to be from here may still be no place: clients can compute a cursor's check themselves. */
    private P read(String text) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw CursorCodec.foreign();
        }
    }
}
