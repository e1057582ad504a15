package dev.tandem.domain.change;

import java.util.Comparator;

/**
 * A place in the change log. Changes are ordered by the transaction that made them, then by their own number.
 *
 * <p>The order by transaction is what makes following safe: once every transaction up to {@code txid} has ended, nothing can appear
 * before or at this place any more, while a plain number given out before the commit could be overtaken.
 *
 * @param txid PostgreSQL's 64-bit transaction id ({@code xid8})
 * @param seq the change's own number
 */
public record Position(long txid, long seq) implements Comparable<Position> {

    /** Before every change. */
    public static final Position START = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::txid).thenComparingLong(Position::seq);

    /** After everything that the transactions before {@code txid} have done. */
    public static Position before(long txid) {
        return new Position(txid - 1, Long.MAX_VALUE);
    }

    /** The last transaction of which everything lies before or at this place. */
    public long sequence() {
        return seq == Long.MAX_VALUE ? txid : Math.max(0, txid - 1);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
