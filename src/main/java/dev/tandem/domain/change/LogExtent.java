package dev.tandem.domain.change;

/**
 * How much of the change log there is.
 *
 * @param horizon the first transaction that may still be running; the log is complete before it
 * @param pruned the last transaction of which something has been deleted; 0 while nothing has
 */
public record LogExtent(long horizon, long pruned) {

    /** Whether a reader who stands there can read on: nothing behind it has been deleted, and it is a place in this log. */
    public boolean reaches(Position position) {
        return position.txid() >= pruned && position.txid() < horizon;
    }
}
