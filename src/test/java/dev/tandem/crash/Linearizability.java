package dev.tandem.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
 * where that changes something, and of those that would change the same thing the first is taken first: what it wrote and nobody saw is the
 * same as what another one wrote and nobody saw. A place that was reached with fewer of them is as good as any that needs more.
 */
final class Linearizability {

    /** What was written by a call without an answer, and read by none. */
    private static final String UNSEEN = "unseen";

    private static final Effect UNSEEN_WRITE = new Effect(Call.Kind.WRITE, UNSEEN, 0);
    private static final Comparator<Call> BY_START = Comparator.comparingLong(Call::start);

    /** In the order of their starts. */
    private final List<Call> answered;
    /** Calls without an answer that would do the same, each list in the order of their starts. */
    private final List<List<Call>> unanswered;

    private final Map<Effect, Integer> numbers = new HashMap<>();
    private final Map<Place, List<int[]>> visited = new HashMap<>();

    private Linearizability(List<Call> history) {
        answered = history.stream().filter(Call::isAnswered).sorted(BY_START).toList();
        Map<Effect, List<Call>> byEffect = history.stream()
                .filter(call -> !call.isAnswered())
                .sorted(BY_START)
                .collect(groupingBy(Effect::of, LinkedHashMap::new, toList()));
        unanswered = List.copyOf(byEffect.values());
        byEffect.keySet().forEach(effect -> numbers.put(effect, numbers.size()));
    }

    /**
     * Which answered calls are done, and the state that all calls led to.
     *
     * @param first the first call that is not done; all before it are
     * @param after those of the calls after it that are done, counted from it
     */
    private record Place(int first, BitSet after, Register state) {

        static final Place START = new Place(0, new BitSet(), Register.ABSENT);

        Place with(int call, Register next) {
            BitSet done = (BitSet) after.clone();
            done.set(call - first);
            int skipped = done.nextClearBit(0);
            return new Place(first + skipped, done.get(skipped, Math.max(skipped, done.length())), next);
        }

        boolean isDone(int call) {
            return call < first || after.get(call - first);
        }
    }

    /** A place, and how many calls of each list without answers it took. */
    private record Configuration(Place place, int[] used) {

        int total() {
            return IntStream.of(used).sum();
        }

        int first() {
            return place.first;
        }
    }

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
        // What takes the fewest calls without answers goes first, so that no place has to be visited again with fewer.
        Queue<Configuration> open = new PriorityQueue<>(Comparator.comparingInt(Configuration::total)
                .thenComparing(Comparator.comparingInt(Configuration::first).reversed()));
        open.add(new Configuration(Place.START, new int[unanswered.size()]));
        while (!open.isEmpty()) {
            Configuration now = open.remove();
            if (now.place.first == answered.size()) {
                return true;
            }
            long firstEnd = firstEnd(now.place);
            answeredAfter(now, firstEnd).stream().filter(this::isNew).forEach(open::add);
            unansweredAfter(now, firstEnd).stream().filter(this::isNew).forEach(open::add);
        }
        return false;
    }

    /** A call that began after another one's end cannot come before it. */
    private long firstEnd(Place place) {
        long first = Call.NEVER;
        for (int i = place.first; i < answered.size() && answered.get(i).start() <= first; i++) {
            if (!place.isDone(i)) {
                first = Math.min(first, answered.get(i).end());
            }
        }
        return first;
    }

    private List<Configuration> answeredAfter(Configuration now, long firstEnd) {
        List<Configuration> configurations = new ArrayList<>();
        for (int i = now.place.first; i < answered.size() && answered.get(i).start() <= firstEnd; i++) {
            Register after = now.place.isDone(i) ? null : answered.get(i).apply(now.place.state);
            if (after != null) {
                configurations.add(new Configuration(now.place.with(i, after), now.used));
            }
        }
        return configurations;
    }

    private List<Configuration> unansweredAfter(Configuration now, long firstEnd) {
        Register state = now.place.state;
        // An unconditional write does later whatever a conditional one would have done, so it is the one to keep.
        boolean keepsUnconditional =
                state.exists() && next(now, new Effect(Call.Kind.WRITE, UNSEEN, state.version()), firstEnd) != null;
        List<Configuration> configurations = new ArrayList<>();
        numbers.forEach((effect, number) -> {
            Call call = next(now, effect, firstEnd);
            Register after = call == null ? null : call.apply(state);
            if (after != null && !after.equals(state) && !(keepsUnconditional && effect.equals(UNSEEN_WRITE))) {
                int[] used = now.used.clone();
                used[number]++;
                configurations.add(new Configuration(new Place(now.place.first, now.place.after, after), used));
            }
        });
        return configurations;
    }

    /** The first call of that effect that may be carried out now; null if there is none. */
    private @Nullable Call next(Configuration now, Effect effect, long firstEnd) {
        Integer number = numbers.get(effect);
        if (number == null || now.used[number] == unanswered.get(number).size()) {
            return null;
        }
        Call call = unanswered.get(number).get(now.used[number]);
        return call.start() <= firstEnd ? call : null;
    }

    private boolean isNew(Configuration configuration) {
        List<int[]> before = visited.computeIfAbsent(configuration.place, place -> new ArrayList<>(1));
        for (int[] used : before) {
            if (isWithin(used, configuration.used)) {
                return false;
            }
        }
        before.removeIf(used -> isWithin(configuration.used, used));
        before.add(configuration.used);
        return true;
    }

    private static boolean isWithin(int[] fewer, int[] more) {
        for (int i = 0; i < fewer.length; i++) {
            if (fewer[i] > more[i]) {
                return false;
            }
        }
        return true;
    }
}
