package dev.tandem.crash;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the calls on one document could have been carried out one after the other, each at some moment between its start and its
 * end, with the answers that were given.
 *
 * <p>The search of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the memoisation of Lowe ("Testing for
 * linearizability", 2017): a set of calls that are done together with the state they lead to is visited once. A call without an answer may
 * have been carried out at any moment after its start, or never.
 */
final class Linearizability {

    private final List<Call> calls;
    private final Set<Configuration> visited = new HashSet<>();

    private Linearizability(List<Call> calls) {
        this.calls = calls;
    }

    /** Which calls are done, and the state that they led to. */
    private record Configuration(BitSet done, Register state) {}

    /** Whether the history is linearizable, for a document that is absent at first. */
    static boolean holds(List<Call> history) {
        return new Linearizability(history).search();
    }

    /**
     * The shortest beginning of the history, by the end of its calls, that is not linearizable: its last answer is the first that is wrong.
     * Calls that were not answered by then count as unanswered. Null if the history is linearizable.
     */
    static @Nullable List<Call> counterexample(List<Call> history) {
        Set<Long> ends = new TreeSet<>(history.stream().map(Call::end).toList());
        for (long end : ends) {
            List<Call> beginning = history.stream()
                    .filter(call -> call.start() <= end)
                    .map(call -> call.end() <= end ? call : call.unanswered())
                    .toList();
            if (!holds(beginning)) {
                return beginning;
            }
        }
        return null;
    }

    private boolean search() {
        Deque<Configuration> open = new ArrayDeque<>();
        open.push(new Configuration(new BitSet(), Register.ABSENT));
        while (!open.isEmpty()) {
            Configuration now = open.pop();
            if (isComplete(now.done)) {
                return true;
            }
            long firstEnd = firstEnd(now.done);
            for (int i = now.done.nextClearBit(0); i < calls.size(); i = now.done.nextClearBit(i + 1)) {
                if (calls.get(i).start() > firstEnd) {
                    continue;
                }
                Register after = calls.get(i).apply(now.state);
                if (after != null) {
                    BitSet done = (BitSet) now.done.clone();
                    done.set(i);
                    Configuration next = new Configuration(done, after);
                    if (visited.add(next)) {
                        open.push(next);
                    }
                }
            }
        }
        return false;
    }

    /** Unanswered calls need not have been carried out. */
    private boolean isComplete(BitSet done) {
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            if (calls.get(i).isAnswered()) {
                return false;
            }
        }
        return true;
    }

    /** A call that began after another one's end cannot come before it. */
    private long firstEnd(BitSet done) {
        long first = Call.NEVER;
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).end());
        }
        return first;
    }
}
