package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** What can be done with all documents that a filter matches: within a request, or page by page as a job. */
interface ByFilterWork extends JobWork {

    /** Does it with these. Their rows are locked, so that they match until it is done. */
    Uni<ByFilterOutcome> treat(Collection owner, ByFilterDraft draft, List<Document> locked);

    /** What was done, by its names. */
    Map<String, Long> counts(ByFilterOutcome outcome);
}
