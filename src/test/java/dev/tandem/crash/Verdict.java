package dev.tandem.crash;

import java.time.Duration;

/**
 * What a check came to.
 *
 * @param converged how long after the last fault the cluster said that it was in step
 */
record Verdict(Duration converged, Findings findings, Reconciliation reconciliation) {

    /** @throws AssertionError if anything is wrong, with the seed, what was seen and the documents' histories */
    void assertClean() {
        if (!findings.isEmpty()) {
            throw new AssertionError("seed " + CrashOptions.SEED + ":\n" + findings);
        }
    }
}
