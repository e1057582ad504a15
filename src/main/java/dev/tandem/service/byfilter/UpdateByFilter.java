package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.document.DocumentWriter.Replacement;
import dev.tandem.service.document.JudgingDeadline;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.document.Written;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Patches the documents that match a filter. A document that the patch would make invalid stays as it is, and does not stop the others. */
@Singleton
class UpdateByFilter implements ByFilterWork {

    private static final DocumentPatch NO_PATCH = new DocumentPatch(Map.of());

    private final ByFilterSteps pages;
    private final DocumentWriter writer;
    private final DocumentFactory factory;
    private final JudgingThreads threads;

    UpdateByFilter(ByFilterSteps pages, DocumentWriter writer, DocumentFactory factory, JudgingThreads threads) {
        this.pages = pages;
        this.writer = writer;
        this.factory = factory;
        this.threads = threads;
    }

    /** @throws Refusal.Rejected if no document at all can be patched so */
    void check(ByFilterDraft draft) {
        factory.checkExpiry(draft.patch() == null ? NO_PATCH : draft.patch(), "/patch");
    }

    @Override
    public String kind() {
        return JobKind.UPDATE.word();
    }

    @Override
    public Uni<Prepared> prepare(Job job) {
        return pages.prepare(job, this);
    }

    @Override
    public Map<String, Long> counts(ByFilterOutcome outcome) {
        return Map.of("updated", outcome.changed(), "unchanged", outcome.unchanged());
    }

    @Override
    public Uni<ByFilterOutcome> treat(Collection owner, ByFilterDraft draft, List<Document> locked) {
        JudgingDeadline deadline = JudgingDeadline.fromNow();
        return writer.withOwnVectors(owner, locked)
                .chain(current -> threads.judgeMatching(() -> patch(owner, draft, current, deadline)))
                .chain(patched ->
                        writer.replace(owner, patched.replacements).map(written -> outcome(written, patched)));
    }

    /** The results of applying a patch: the documents that it changes, and why the others failed. */
    private record Patched(List<Replacement> replacements, long failed, List<JobError> errors) {}

    private Patched patch(
            Collection owner, ByFilterDraft draft, List<DocumentState> current, JudgingDeadline deadline) {
        DocumentPatch patch = draft.patch() == null ? NO_PATCH : draft.patch();
        List<Replacement> replacements = new ArrayList<>();
        List<JobError> errors = new ArrayList<>();
        for (DocumentState submission : current) {
            deadline.check();
            try {
                DocumentDraft wanted = patch.apply(submission.document()).by(draft.author());
                replacements.add(Replacement.of(owner, submission, factory.replacement(owner, wanted)));
            } catch (Refusal.Rejected rejected) {
                rejected.violations()
                        .forEach(violation ->
                                errors.add(new JobError(submission.document().key(), violation)));
            }
        }
        return new Patched(replacements, current.size() - replacements.size(), errors);
    }

    private static ByFilterOutcome outcome(List<Written> written, Patched patched) {
        long sequence = written.stream().mapToLong(Written::sequence).max().orElse(0);
        long changed = written.stream().filter(one -> one.sequence() > 0).count();
        return new ByFilterOutcome(changed, written.size() - changed, patched.failed, patched.errors, sequence);
    }
}
