package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.service.document.DocumentWriter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Deletes the documents that match a filter. */
@Singleton
class DeleteByFilter implements ByFilterWork {

    private final ByFilterSteps pages;
    private final DocumentWriter writer;

    DeleteByFilter(ByFilterSteps pages, DocumentWriter writer) {
        this.pages = pages;
        this.writer = writer;
    }

    @Override
    public String kind() {
        return JobKind.DELETE.word();
    }

    @Override
    public Uni<Prepared> prepare(Job job) {
        return pages.prepare(job, this);
    }

    @Override
    public Map<String, Long> counts(ByFilterOutcome outcome) {
        return Map.of("deleted", outcome.changed());
    }

    @Override
    public Uni<ByFilterOutcome> treat(Collection owner, ByFilterDraft draft, List<Document> locked) {
        return writer.remove(owner, locked, draft.author())
                .map(removed -> new ByFilterOutcome(
                        removed.size(),
                        0,
                        0,
                        List.of(),
                        removed.isEmpty() ? 0 : removed.getFirst().sequence()));
    }
}
