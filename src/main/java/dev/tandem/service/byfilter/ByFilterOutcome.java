package dev.tandem.service.byfilter;

import dev.tandem.domain.job.JobError;
import java.util.List;

/**
 * The result of a change by filter.
 *
 * @param changed how many documents were changed or deleted
 * @param unchanged how many already had the wanted state
 * @param failed how many would have broken rules and were left unchanged
 * @param errors the broken rules
 * @param sequence a search or list that waits for this sequence shows the change; 0 if nothing was written
 */
public record ByFilterOutcome(long changed, long unchanged, long failed, List<JobError> errors, long sequence) {

    public long matched() {
        return changed + unchanged + failed;
    }
}
