package dev.tandem.service;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Submission;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.Step;
import dev.tandem.factory.BulkDraft;
import dev.tandem.factory.DocumentFactory;
import dev.tandem.factory.DocumentPatch;
import dev.tandem.service.DocumentWriter.Replacement;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Patches what a filter matches. A document that the patch would make break rules stays as it is, and holds up no other. */
@Singleton
class BulkUpdate implements BulkWork {

    private static final DocumentPatch NO_PATCH = new DocumentPatch(Map.of());

    private final BulkPages pages;
    private final DocumentWriter writer;
    private final DocumentFactory factory;

    BulkUpdate(BulkPages pages, DocumentWriter writer, DocumentFactory factory) {
        this.pages = pages;
        this.writer = writer;
        this.factory = factory;
    }

    @Override
    public String kind() {
        return "update";
    }

    @Override
    public Uni<Step> step(Job job) {
        return pages.step(job, this);
    }

    @Override
    public Map<String, Long> counts(BulkOutcome outcome) {
        return Map.of("updated", outcome.changed(), "unchanged", outcome.unchanged());
    }

    @Override
    public Uni<BulkOutcome> treat(Collection owner, BulkDraft draft, List<Document> locked) {
        return writer.withOwnVectors(locked).chain(current -> patch(owner, draft, current));
    }

    private Uni<BulkOutcome> patch(Collection owner, BulkDraft draft, List<Submission> current) {
        DocumentPatch patch = draft.patch() == null ? NO_PATCH : draft.patch();
        List<Replacement> replacements = new ArrayList<>();
        List<JobError> errors = new ArrayList<>();
        for (Submission submission : current) {
            try {
                replacements.add(new Replacement(
                        submission,
                        factory.create(owner, patch.apply(submission).by(draft.author()))));
            } catch (Refusal.Rejected rejected) {
                rejected.violations()
                        .forEach(violation ->
                                errors.add(new JobError(submission.document().key(), violation)));
            }
        }
        return writer.replace(owner, replacements)
                .map(written -> outcome(written, current.size() - replacements.size(), errors));
    }

    private static BulkOutcome outcome(List<Written> written, long failed, List<JobError> errors) {
        long sequence = written.stream().mapToLong(Written::sequence).max().orElse(0);
        long changed = written.stream().filter(one -> one.sequence() > 0).count();
        return new BulkOutcome(changed, written.size() - changed, failed, errors, sequence);
    }
}
