package dev.tandem.service;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.job.Job;
import dev.tandem.factory.BulkDraft;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Deletes what a filter matches. */
@Singleton
class BulkDelete implements BulkWork {

    private final BulkPages pages;
    private final DocumentWriter writer;

    BulkDelete(BulkPages pages, DocumentWriter writer) {
        this.pages = pages;
        this.writer = writer;
    }

    @Override
    public String kind() {
        return "delete";
    }

    @Override
    public Uni<Prepared> prepare(Job job) {
        return pages.prepare(job, this);
    }

    @Override
    public Map<String, Long> counts(BulkOutcome outcome) {
        return Map.of("deleted", outcome.changed());
    }

    @Override
    public Uni<BulkOutcome> treat(Collection owner, BulkDraft draft, List<Document> locked) {
        return writer.remove(owner, locked, draft.author())
                .map(removed -> new BulkOutcome(
                        removed.size(),
                        0,
                        0,
                        List.of(),
                        removed.isEmpty() ? 0 : removed.getFirst().sequence()));
    }
}
