package dev.tandem.domain.job;

import java.time.Duration;
import java.util.Map;

/**
 * What is still to be done for all collections together.
 *
 * @param pending documents that wait for vectors, or get them now; the count stops at a limit
 * @param oldest how long the one has waited that has waited longest; zero if none waits
 * @param parked documents that no model could embed; the count stops at a limit
 * @param jobs how many jobs are in each state that is no end
 */
public record Backlog(long pending, Duration oldest, long parked, Map<JobState, Long> jobs) {

    /** Nothing. */
    public static final Backlog NONE = new Backlog(0, Duration.ZERO, 0, Map.of());

    public Backlog {
        jobs = Map.copyOf(jobs);
    }
}
