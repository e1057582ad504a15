package dev.tandem.api.byfilter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.job.JobErrorView;
import dev.tandem.domain.job.JobError;
import dev.tandem.service.byfilter.ByFilterOutcome;
import dev.tandem.service.byfilter.ByKeysService;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The result of a change by filter.
 *
 * @param matched how many documents the filter matched
 * @param deleted for a deletion: how many were deleted
 * @param updated for an update: how many were changed
 * @param unchanged for an update: how many already had the state that the patch makes
 * @param failed for an update: how many would have broken rules and were left unchanged
 * @param errors the first broken rules
 */
@Schema(examples = """
{"matched": 3, "updated": 1, "unchanged": 1, "failed": 1,
 "errors": [{"key": "article-1", "pointer": "/metadata/year", "code": "metadata.schema", "message": "string found, integer expected"}]}
""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AffectedView(
        long matched,
        @Nullable Long deleted,
        @Nullable Long updated,
        @Nullable Long unchanged,
        @Nullable Long failed,
        @Nullable List<JobErrorView> errors,
        @Nullable List<String> missing) {

    private static final int MOST_ERRORS = 100;

    /** The answer to a dry run: nothing was changed. */
    static AffectedView counted(long matched) {
        return new AffectedView(matched, null, null, null, null, null, null);
    }

    /** Nothing was done. */
    static AffectedView counted(ByKeysService.Counted counted) {
        return new AffectedView(counted.matched(), null, null, null, null, null, counted.missing());
    }

    static AffectedView deleted(ByFilterOutcome outcome) {
        return new AffectedView(outcome.matched(), outcome.changed(), null, null, null, null, null);
    }

    static AffectedView deletedByKeys(ByFilterOutcome outcome) {
        List<String> missing = outcome.errors().stream().map(JobError::key).toList();
        return new AffectedView(outcome.changed(), outcome.changed(), null, null, null, null, missing);
    }

    static AffectedView updated(ByFilterOutcome outcome) {
        return new AffectedView(
                outcome.matched(),
                null,
                outcome.changed(),
                outcome.unchanged(),
                outcome.failed(),
                outcome.errors().stream()
                        .limit(MOST_ERRORS)
                        .map(JobErrorView::of)
                        .toList(),
                null);
    }
}
