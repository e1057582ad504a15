package dev.tandem.service;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.factory.BulkDraft;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** What can be done with all documents that a filter matches: within a request, or page by page as a job. */
interface BulkWork extends JobWork {

    /** Does it with these. Their rows are locked, so that they match until it is done. */
    Uni<BulkOutcome> treat(Collection owner, BulkDraft draft, List<Document> locked);

    /** What was done, by its names. */
    Map<String, Long> counts(BulkOutcome outcome);
}
