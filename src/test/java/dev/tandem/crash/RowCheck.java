package dev.tandem.crash;

import dev.tandem.crash.Findings.Kind;
import java.util.Map;
import java.util.function.Predicate;

/** Compares the rows of a collection with what was acknowledged. */
final class RowCheck {

    private final Map<String, Trail> trails;
    private final Map<String, Version> rows;
    private final Findings findings;

    RowCheck(Map<String, Trail> trails, Map<String, Version> rows, Findings findings) {
        this.trails = trails;
        this.rows = rows;
        this.findings = findings;
    }

    /** @param counts whose acknowledgements count */
    void run(Predicate<Trail> counts) {
        trails.forEach((key, trail) -> {
            Version row = rows.getOrDefault(key, Version.GONE);
            if (counts.test(trail) && !trail.allowed().contains(row)) {
                findings.add(kind(trail, row), trail.collection() + "/" + key, "the row is " + row + "; " + trail);
            }
        });
        rows.keySet().stream()
                .filter(key -> !trails.containsKey(key))
                .forEach(key -> findings.add(Kind.ORPHAN, key, "nobody wrote this row"));
    }

    private static Kind kind(Trail trail, Version row) {
        if (!row.exists()) {
            return Kind.LOST;
        }
        return trail.acknowledged().exists() ? Kind.STALE : Kind.RESURRECTED;
    }
}
