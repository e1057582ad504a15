package dev.tandem.domain.change;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a reader has read the change log.
 *
 * <p>The reader has seen every change of the transactions before {@code txid}, except for the pending ones. Of {@code txid} and the pending
 * transactions it has seen the changes up to the given number. So a transaction that is still running delays no reader: its id is
 * remembered, and its changes are read when they appear.
 *
 * <p>A position relies only on durable facts. Its {@code txid} is a transaction whose commit was seen, so PostgreSQL never assigns this id
 * or a smaller one again, not even after a crash.
 *
 * @param origin the database and the timeline whose log it is
 * @param txid the last transaction that was seen, PostgreSQL's {@code xid8}
 * @param at when that transaction began, in microseconds since 1970; this tells it from one that got the same id after a restore
 * @param seq the number of its last change that was seen; {@link Long#MAX_VALUE} if all of them were
 * @param pending the transactions before {@code txid} that were still running or have been read in part, each with the number of its last
 *     change that was seen; 0 if none was
 */
public record Position(String origin, long txid, long at, long seq, SortedMap<Long, Long> pending) {

    /** The number of every change is below this. */
    public static final long ALL = Long.MAX_VALUE;

    /** PostgreSQL assigns ids from 3 on. */
    private static final long BEFORE_EVERY_TRANSACTION = 2;

    /** Before every change. */
    public static final Position START = new Position("", BEFORE_EVERY_TRANSACTION, 0, ALL, new TreeMap<>());

    /** In no log: of an index there, nobody knows what it shows, so it is built anew. */
    public static final Position UNKNOWN =
            new Position("unknown", BEFORE_EVERY_TRANSACTION + 1, 0, ALL, new TreeMap<>());

    public Position {
        pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
    }

    /** Whether everything that this transaction did has been seen. */
    public boolean shows(long sequence) {
        return sequence < txid ? !pending.containsKey(sequence) : sequence == txid && seq == ALL;
    }

    /** The last transaction that has been seen completely. */
    public long sequence() {
        return seq == ALL ? txid : txid - 1;
    }

    /** The first transaction of which a change may not have been seen. */
    public long firstUnseen() {
        return pending.isEmpty() ? txid : pending.firstKey();
    }

    boolean isStart() {
        return txid <= BEFORE_EVERY_TRANSACTION;
    }

    /** The same place with other pending transactions. */
    Position withPending(Map<Long, Long> others) {
        return new Position(origin, txid, at, seq, new TreeMap<>(others));
    }
}
