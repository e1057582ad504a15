package dev.tandem.service;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import dev.tandem.factory.BulkDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a collection's documents by id, and treats those that a filter matches when their turn comes: each once, because an id
 * never changes, whatever the treatment makes of the document.
 */
@Singleton
class BulkPages {

    /** A step looks at so many documents at most, however few of them match. */
    private static final int LOOKED_AT = 10_000;

    private static final UUID BEGINNING = new UUID(0, 0);

    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final JobConfig config;

    BulkPages(CollectionRepository collections, DocumentRepository documents, JobConfig config) {
        this.collections = collections;
        this.documents = documents;
        this.config = config;
    }

    /** The next page of a job. */
    Uni<Step> step(Job job, BulkWork work) {
        BulkDraft draft = BulkDraft.of(job.parameters());
        UUID until = BulkDraft.until(job.parameters());
        UUID after = job.cursor() == null ? BEGINNING : UUID.fromString(job.cursor());
        return collections.get(job.collectionId(), job.collection()).chain(owner -> documents
                .ahead(owner.id(), after, until, LOOKED_AT)
                .chain(end -> documents
                        .lockMatching(owner.id(), draft.toFilter(), after, end == null ? until : end, config.step())
                        .invoke(locked -> check(draft, job.done() + job.failed() + locked.size()))
                        .chain(locked -> work.treat(owner, draft, locked).map(outcome -> next(locked, end)
                                .done(outcome.changed() + outcome.unchanged())
                                .failed(outcome.failed(), outcome.errors())
                                .counts(work.counts(outcome))
                                .sequence(outcome.sequence())))));
    }

    /** @throws Refusal.TooMany if a wish is for fewer documents than it would affect */
    static void check(BulkDraft draft, long affected) {
        if (!draft.allows(affected)) {
            throw new Refusal.TooMany(
                    "documents.too_many",
                    "The filter matches " + affected + " documents, and maxAffected allows " + draft.maxAffected()
                            + ".",
                    affected);
        }
    }

    /** @param end the last document that was looked at; null where those were all */
    private Step next(List<Document> locked, @Nullable UUID end) {
        if (locked.size() == config.step()) {
            return Step.to(locked.getLast().id().toString());
        }
        return end == null ? Step.end() : Step.to(end.toString());
    }
}
