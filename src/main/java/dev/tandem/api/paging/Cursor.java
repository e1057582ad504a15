package dev.tandem.api.paging;

import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts places in one list into cursors, with which one caller continues on the next page. {@link Cursors} makes them. */
public final class Cursor<P> {

    private final CursorSeal seal;
    private final Function<P, String> write;
    private final Function<String, P> read;

    /** @param read the inverse of {@code write}; it may throw for a text that {@code write} never makes */
    Cursor(CursorSeal seal, Function<P, String> write, Function<String, P> read) {
        this.seal = seal;
        this.write = write;
        this.read = read;
    }

    /** The cursor with which a page begins at the place. */
    public String at(P place) {
        return seal.close(write.apply(place));
    }

    /**
     * The place where a page begins; null if there is no cursor, so that the page is the first one.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if the cursor is from another list, has been changed, or was never made here
     */
    public @Nullable P place(@Nullable String cursor) {
        return cursor == null ? null : read(seal.open(cursor));
    }

    /** A text from here may still be no place: an earlier release may have written places in another way. */
    private P read(String text) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw CursorSeal.foreign();
        }
    }
}
