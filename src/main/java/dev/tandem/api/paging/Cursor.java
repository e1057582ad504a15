package dev.tandem.api.paging;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Places in one list, as callers carry them from page to page.
 *
 * @param list which list it is, with all that selects and orders its items: a cursor opens for this list only
 * @param write a place as text
 * @param read the way back
 */
public record Cursor<P>(String list, Function<P, String> write, Function<String, P> read) {

    /** The place behind an item. */
    public String behind(P place) {
        return CursorCodec.close(write.apply(place), list);
    }

    /**
     * The place where a page begins; null where the caller has no cursor, so that it begins with the list.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if it is from another list, or changed
     */
    public @Nullable P place(@Nullable String cursor) {
        return cursor == null ? null : read.apply(CursorCodec.open(cursor, list));
    }
}
