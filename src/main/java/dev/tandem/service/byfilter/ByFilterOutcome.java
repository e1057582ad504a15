package dev.tandem.service.byfilter;

import dev.tandem.domain.job.JobError;
import java.util.List;

/**
 * What was done with documents that a filter matched.
 *
 * @param changed how many were changed or deleted
 * @param unchanged how many were already as they should be
 * @param failed how many would have broken rules, and stayed as they were
 * @param errors which rules
 * @param sequence a reader who has come this far sees it; 0 where nothing had to be written
 */
public record ByFilterOutcome(long changed, long unchanged, long failed, List<JobError> errors, long sequence) {

    public long matched() {
        return changed + unchanged + failed;
    }
}
