package dev.tandem.domain.change;

import java.util.List;

/**
 * The next changes of a collection behind a position.
 *
 * @param isConnected whether the log continues from the position; if not, the changes are useless and the reader starts over
 * @param changes in the order of transaction and number
 * @param reached the position of a reader that has read them
 * @param isAll whether nothing follows them yet
 */
public record LogSlice(boolean isConnected, List<Change> changes, Position reached, boolean isAll) {

    /** The answer if the log does not continue from the position. */
    public static LogSlice disconnected(Position from) {
        return new LogSlice(false, List.of(), from, true);
    }
}
