package dev.tandem.domain.change;

import java.util.List;

/**
 * The next changes of a collection behind a position.
 *
 * @param isConnected whether the log goes on from the position; where it doesn't, the changes are of no use and the reader begins anew
 * @param changes in the order of transaction and number
 * @param reached where a reader stands who has read them
 * @param isAll whether nothing follows them yet
 */
public record LogSlice(boolean isConnected, List<Change> changes, Position reached, boolean isAll) {

    /** Where the log does not go on from the position. */
    public static LogSlice disconnected(Position from) {
        return new LogSlice(false, List.of(), from, true);
    }
}
