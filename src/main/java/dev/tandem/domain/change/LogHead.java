package dev.tandem.domain.change;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The change log as one statement saw it.
 *
 * @param origin the database and the timeline whose log it is; null if that is unknown, as on a standby
 * @param newest the committed transaction with the greatest id that wrote to the log
 * @param newestAt when it began, in microseconds since 1970
 * @param running the earlier transactions that had not ended
 */
public record LogHead(@Nullable String origin, long newest, long newestAt, SortedSet<Long> running) {

    /** The position of a reader that has seen everything in the log. */
    public Position end() {
        return end(Position.START);
    }

    /**
     * The position of a reader that started at {@code from} and has since seen everything. It is never before {@code from}: a standby may
     * lag behind what a reader has seen of its primary.
     */
    public Position end(Position from) {
        if (newest < from.txid()) {
            return from;
        }
        return new Position(originFor(from), newest, newestAt, Position.ALL, unseen(newest));
    }

    /**
     * The position of a reader that started at {@code from} and has since read these changes, in the order of transaction and number, but
     * nothing that follows them.
     */
    public Position behind(Position from, List<Change> read) {
        Change last = read.getLast();
        if (last.txid() >= from.txid()) {
            return new Position(originFor(from), last.txid(), last.at(), last.seq(), unseen(last.txid()));
        }
        // These are still transactions that were pending: later ones stay as they were, and earlier ones have been read
        // if they have ended.
        SortedMap<Long, Long> pending = new TreeMap<>(from.pending().tailMap(last.txid() + 1));
        from.pending().headMap(last.txid()).forEach((txid, seen) -> {
            if (running.contains(txid)) {
                pending.put(txid, seen);
            }
        });
        pending.put(last.txid(), last.seq());
        return from.withPending(pending);
    }

    private String originFor(Position from) {
        return origin == null ? from.origin() : origin;
    }

    private SortedMap<Long, Long> unseen(long txid) {
        SortedMap<Long, Long> unseen = new TreeMap<>();
        running.headSet(txid).forEach(id -> unseen.put(id, 0L));
        return unseen;
    }

    /**
     * What is left of the log for the reader of one collection.
     *
     * @param pruned the last transaction that has lost changes to pruning; 0 if no change has been deleted
     * @param prunedHere the same, for the collection's changes alone
     * @param anchorAt when the transaction of the reader's position began, in microseconds since 1970; null if the log has no change of it
     */
    public record Reach(
            long pruned, long prunedHere, @Nullable Long anchorAt) {}

    /**
     * Whether a reader at that position can read on. It cannot if this is another log: one of another database or timeline, or one restored
     * to a state from before the position. It also cannot if changes have been deleted that it has not seen.
     */
    public boolean continues(Position position, Reach reach) {
        return isOf(position, reach) && isComplete(position, reach);
    }

    private boolean isOf(Position position, Reach reach) {
        if (position.isStart()) {
            return true;
        }
        if (origin == null) {
            // A standby may not have reached the position yet.
            return true;
        }
        if (!origin.equals(position.origin()) || newest < position.txid()) {
            return false;
        }
        return reach.anchorAt == null ? position.txid() <= reach.pruned : reach.anchorAt == position.at();
    }

    private boolean isComplete(Position position, Reach reach) {
        if (reach.prunedHere > position.txid()
                || (reach.prunedHere == position.txid() && position.seq() != Position.ALL)) {
            return false;
        }
        for (Map.Entry<Long, Long> pending : position.pending().entrySet()) {
            if (pending.getKey() <= reach.prunedHere && !running.contains(pending.getKey())) {
                return false;
            }
        }
        return true;
    }
}
