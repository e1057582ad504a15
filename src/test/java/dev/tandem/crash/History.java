package dev.tandem.crash;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The calls of all clients on one document. */
final class History {

    private final String key;
    private final List<Call> calls = new ArrayList<>();

    History(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    synchronized void add(Call call) {
        calls.add(call);
    }

    /** In the order of their starts. */
    synchronized List<Call> calls() {
        return calls.stream().sorted(Comparator.comparingLong(Call::start)).toList();
    }

    @Override
    public String toString() {
        List<Call> wrong = Linearizability.counterexample(calls());
        return key + "\n"
                + (wrong == null ? calls() : wrong).stream().map(Call::toString).collect(joining("\n"));
    }
}
