package dev.tandem.crash;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a check found wrong, by kind, each document once. */
final class Findings {

    enum Kind {
        /** Acknowledged, and not in the rows or in no search. */
        LOST("lost"),
        /** There in another state than the last one that was acknowledged, or found by a state that is past. */
        STALE("stale"),
        /** In the rows or in a search, though nobody wrote it. */
        ORPHAN("orphans"),
        /** There, though its deletion was acknowledged. */
        RESURRECTED("resurrected"),
        /** Something is left behind: a task, a lease, a transaction, a lag. */
        UNSETTLED("unsettled");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final int SHOWN = 10;

    private final Map<Kind, Set<String>> documents = new EnumMap<>(Kind.class);
    private final Map<Kind, Set<String>> details = new EnumMap<>(Kind.class);

    /**
     * @param subject the document, or what else is wrong
     * @param detail what was seen, and the document's history
     */
    synchronized void add(Kind kind, String subject, Object detail) {
        documents.computeIfAbsent(kind, none -> new TreeSet<>()).add(subject);
        Set<String> shown = details.computeIfAbsent(kind, none -> new LinkedHashSet<>());
        if (shown.size() < SHOWN) {
            shown.add(subject + ": " + detail);
        }
    }

    synchronized int count(Kind kind) {
        return documents.getOrDefault(kind, Set.of()).size();
    }

    synchronized boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return details.entrySet().stream()
                .map(entry -> count(entry.getKey()) + " " + entry.getKey().label() + "\n    "
                        + String.join("\n    ", entry.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
