package dev.tandem.api.byfilter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.job.JobErrorView;
import dev.tandem.service.byfilter.ByFilterOutcome;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was done with the documents that a filter matched.
 *
 * @param matched how many it matched
 * @param deleted how many are gone, of a deletion
 * @param updated how many were changed, of an update
 * @param unchanged how many were already as the patch would make them, of an update
 * @param failed how many would have broken rules and stayed as they were, of an update
 * @param errors the first of those rules
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
        @Nullable List<JobErrorView> errors) {

    private static final int MOST_ERRORS = 100;

    /** Nothing was done. */
    static AffectedView counted(long matched) {
        return new AffectedView(matched, null, null, null, null, null);
    }

    static AffectedView deleted(ByFilterOutcome outcome) {
        return new AffectedView(outcome.matched(), outcome.changed(), null, null, null, null);
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
                        .toList());
    }
}
