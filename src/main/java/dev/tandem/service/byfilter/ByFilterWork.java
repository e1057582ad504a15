package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** A change that can be made to all documents that match a filter, either within a request or page by page in a job. */
interface ByFilterWork extends JobWork {

    /** Changes these documents. Their rows are locked, so they match until the change is done. */
    Uni<ByFilterOutcome> treat(Collection owner, ByFilterDraft draft, List<Document> locked);

    /** The results by name. */
    Map<String, Long> counts(ByFilterOutcome outcome);
}
