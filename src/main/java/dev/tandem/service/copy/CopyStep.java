package dev.tandem.service.copy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.document.Written;
import dev.tandem.service.transfer.ImportOutcome;
import dev.tandem.service.transfer.LineResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a step of a copy has done, as its job counts it.
 *
 * @param tally how the progress changes
 */
record CopyStep(ImportOutcome put, List<Written> removed, CopyTally tally) {

    /** Nothing was written. */
    static final CopyStep NOTHING = new CopyStep(new ImportOutcome(List.of(), false), List.of(), CopyTally.NONE);

    /** The changes of the source that the copy has not applied. */
    static final String BEHIND = "behind";

    private static final String DELETED = "deleted";
    /** Documents that stay as a client has written them into the successor. */
    private static final String KEPT = "kept";

    /** Both, the other one later. */
    CopyStep then(CopyStep later) {
        return new CopyStep(
                later.put,
                Stream.concat(removed.stream(), later.removed.stream()).toList(),
                tally.plus(later.tally));
    }

    /**
     * Adds it to a step.
     *
     * @param others what else is counted
     */
    Step to(Step step, Map<String, Long> others) {
        List<JobError> errors = put.refused().stream()
                .filter(line -> !isKept(line))
                .flatMap(CopyStep::errors)
                .toList();
        return step.done(tally.done())
                .failed(tally.failed(), errors)
                .counts(counts(others))
                .sequence(sequence());
    }

    private Map<String, Long> counts(Map<String, Long> others) {
        Map<String, Long> counts = new HashMap<>(
                put.accepted().stream().collect(groupingBy(line -> line.effect().word(), counting())));
        if (!removed.isEmpty()) {
            counts.put(DELETED, (long) removed.size());
        }
        if (kept() > 0) {
            counts.put(KEPT, kept());
        }
        counts.putAll(others);
        return counts;
    }

    private long kept() {
        return put.refused().stream().filter(CopyStep::isKept).count();
    }

    private long sequence() {
        return Math.max(
                put.sequence(),
                removed.stream().mapToLong(Written::sequence).max().orElse(0));
    }

    /** Whether a line was not written because its key is a client's. */
    static boolean isKept(LineResult.Refused line) {
        return line.refusal() instanceof Refusal.Stale;
    }

    private static Stream<JobError> errors(LineResult.Refused line) {
        return line.violations().stream().map(violation -> new JobError(null, line.key(), violation));
    }
}
