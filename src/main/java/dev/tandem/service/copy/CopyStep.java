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

/** What a step of a copy has done, as its job counts it. */
record CopyStep(ImportOutcome put, List<Written> removed) {

    /** Nothing was written. */
    static final ImportOutcome NOTHING = new ImportOutcome(List.of(), false);

    /** The changes of the source that the copy has not applied. */
    static final String BEHIND = "behind";

    private static final String DELETED = "deleted";
    /** Documents that stay as a client has written them into the successor. */
    private static final String KEPT = "kept";

    /**
     * Adds it to a step.
     *
     * @param others what else is counted
     */
    Step to(Step step, Map<String, Long> others) {
        List<LineResult.Refused> failed =
                put.refused().stream().filter(line -> !isKept(line)).toList();
        return step.failed(
                        failed.size(), failed.stream().flatMap(CopyStep::errors).toList())
                .counts(counts(others))
                .sequence(sequence());
    }

    /** How many documents were processed without an error. */
    long done() {
        return put.accepted().size() + kept();
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

    private static boolean isKept(LineResult.Refused line) {
        return line.refusal() instanceof Refusal.Stale;
    }

    private static Stream<JobError> errors(LineResult.Refused line) {
        return line.violations().stream().map(violation -> new JobError(null, line.key(), violation));
    }
}
