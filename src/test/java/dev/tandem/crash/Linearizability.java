package dev.tandem.crash;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
 *
 * <p>There may be many of those after an outage, and every choice among them would be a search of its own. So they are only carried out
 * where that changes something, and of those that would change the same thing only the first is: what it wrote and nobody saw is the same as
 * what another one wrote and nobody saw.
 */
final class Linearizability {

    /** What was written by a call without an answer, and read by none. */
    private static final String UNSEEN = "unseen";

    private static final Effect UNSEEN_WRITE = new Effect(Call.Kind.WRITE, UNSEEN, 0);

    private final List<Call> calls;
    private final Set<Configuration> visited = new HashSet<>();

    /** @param calls in the order of their starts */
    private Linearizability(List<Call> calls) {
        this.calls = calls;
    }

    /** Which calls are done, and the state that they led to. */
    private record Configuration(BitSet done, Register state) {}

    /** What a call would do. */
    private record Effect(Call.Kind kind, @Nullable String value, long condition) {

        static Effect of(Call call) {
            return new Effect(call.kind(), call.value(), call.condition());
        }
    }

    /** Whether the history is linearizable, for a document that is absent at first. */
    static boolean holds(List<Call> history) {
        Set<String> seen =
                history.stream().map(Call::valueSeen).filter(Objects::nonNull).collect(toSet());
        return new Linearizability(history.stream()
                        .sorted(Comparator.comparingLong(Call::start))
                        .map(call -> call.isAnswered() || seen.contains(call.value()) ? call : call.withValue(UNSEEN))
                        .toList())
                .search();
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
            for (int i : candidates(now)) {
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

    /** What may come next, the likeliest last: that is what was answered first. */
    private List<Integer> candidates(Configuration now) {
        long firstEnd = firstEnd(now.done);
        List<Integer> candidates = new ArrayList<>();
        Set<Effect> unanswered = new HashSet<>();
        for (int i = now.done.nextClearBit(0); i < calls.size(); i = now.done.nextClearBit(i + 1)) {
            Call call = calls.get(i);
            if (call.start() > firstEnd) {
                break;
            }
            if (call.isAnswered()) {
                candidates.add(i);
            } else if (!now.state.equals(call.apply(now.state)) && unanswered.add(Effect.of(call))) {
                candidates.add(i);
            }
        }
        if (now.state.exists() && unanswered.contains(new Effect(Call.Kind.WRITE, UNSEEN, now.state.version()))) {
            // An unconditional write does later whatever a conditional one would have done, so it is the one to keep.
            candidates.removeIf(i -> Effect.of(calls.get(i)).equals(UNSEEN_WRITE));
        }
        candidates.sort(Comparator.comparingLong(i -> -calls.get(i).end()));
        return candidates;
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
