package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.document.DocumentWriter.Replacement;
import dev.tandem.service.document.Written;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Patches what a filter matches. A document that the patch would make break rules stays as it is, and holds up no other. */
@Singleton
class UpdateByFilter implements ByFilterWork {

    private static final DocumentPatch NO_PATCH = new DocumentPatch(Map.of());
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int WAITING = 64;

    /** Meanwhile rows are locked, and PostgreSQL ends a transaction in which nothing happens for too long. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ByFilterSteps pages;
    private final DocumentWriter writer;
    private final DocumentFactory factory;

    /** A schema may take longer to judge a thousand documents by than an event loop has. */
    private final WorkerPool threads = new WorkerPool("update", THREADS, WAITING);

    UpdateByFilter(ByFilterSteps pages, DocumentWriter writer, DocumentFactory factory) {
        this.pages = pages;
        this.writer = writer;
        this.factory = factory;
    }

    @PreDestroy
    void close() {
        threads.close();
    }

    @Override
    public String kind() {
        return "update";
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
        long begun = System.nanoTime();
        return writer.withOwnVectors(locked)
                .chain(current -> threads.run(() -> patch(owner, draft, current, begun + LONGEST.toNanos())))
                .chain(patched ->
                        writer.replace(owner, patched.replacements).map(written -> outcome(written, patched)));
    }

    /** What a patch makes of documents: those that it makes others of, and what is wrong with those that it doesn't. */
    private record Patched(List<Replacement> replacements, long failed, List<JobError> errors) {}

    private Patched patch(Collection owner, ByFilterDraft draft, List<DocumentState> current, long deadline) {
        DocumentPatch patch = draft.patch() == null ? NO_PATCH : draft.patch();
        List<Replacement> replacements = new ArrayList<>();
        List<JobError> errors = new ArrayList<>();
        for (DocumentState submission : current) {
            if (System.nanoTime() - deadline > 0) {
                throw new Refusal.Unavailable(
                        Refusal.Unavailable.TIMEOUT,
                        "The documents took too long to be judged. Try again.",
                        RETRY_AFTER);
            }
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
