package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWork.Prepared;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a collection's documents by id, and processes those that match the filter when they are reached. Each document is processed
 * once, because an id never changes, whatever happens to the document.
 */
@Singleton
class ByFilterSteps {

    /** A step examines at most this many documents, however few of them match. */
    private static final int LOOKED_AT = 10_000;

    private static final UUID BEGINNING = new UUID(0, 0);

    private final MatchCount matches;
    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final JobConfig config;

    ByFilterSteps(MatchCount matches, CollectionRepository collections, DocumentPages documents, JobConfig config) {
        this.matches = matches;
        this.collections = collections;
        this.documents = documents;
        this.config = config;
    }

    /** Prepares the next page of a job. Before the first page it counts the matching documents, unless that has been done. */
    Uni<Prepared> prepare(Job job, ByFilterWork work) {
        if (job.total() != null || job.cursor() != null) {
            return Uni.createFrom().item((Prepared) () -> step(job, work));
        }
        return matches.of(job)
                .map(total ->
                        () -> step(job, work).map(step -> total.map(step::total).orElse(step)));
    }

    private Uni<Step> step(Job job, ByFilterWork work) {
        ByFilterDraft draft = ByFilterDraft.of(job.parameters());
        UUID until = ByFilterDraft.until(job.parameters());
        UUID after = job.cursor() == null ? BEGINNING : UUID.fromString(job.cursor());
        return collections.get(job.collectionId(), job.collection()).chain(owner -> documents
                .ahead(owner.id(), after, until, LOOKED_AT)
                .chain(ahead -> page(owner, draft, after, until, ahead, most(config.step(), job.attempts())))
                .chain(page -> documents
                        .lockMatching(owner.id(), owner.read(draft.toFilter()), page.ids)
                        .invoke(locked -> check(draft, job.done() + job.failed() + locked.size()))
                        .chain(locked -> work.treat(owner, draft, locked))
                        .map(outcome -> page.step()
                                .done(outcome.changed() + outcome.unchanged())
                                .failed(outcome.failed(), outcome.errors())
                                .counts(work.counts(outcome))
                                .sequence(outcome.sequence()))));
    }

    /**
     * The documents of a step.
     *
     * @param ids the documents that matched when their sizes were read: only these are known to fit
     * @param end the last id that the step covers; null if the job ends with the step
     */
    private record Page(List<UUID> ids, @Nullable UUID end) {

        Step step() {
            return end == null ? Step.end() : Step.to(end.toString());
        }
    }

    /**
     * The documents for one step.
     *
     * @param ahead the last id that the step examines; null if the step reaches the end of the job
     */
    private Uni<Page> page(
            Collection owner, ByFilterDraft draft, UUID after, UUID until, @Nullable UUID ahead, int most) {
        return documents
                .sizes(owner.id(), owner.read(draft.toFilter()), after, ahead == null ? until : ahead, most)
                .map(sizes -> {
                    int fitting = fitting(sizes);
                    boolean isAll = fitting == sizes.size() && fitting < most;
                    List<UUID> ids =
                            sizes.stream().limit(fitting).map(DocumentSize::id).toList();
                    return new Page(ids, isAll ? ahead : ids.getLast());
                });
    }

    /**
     * How many documents a step may process. Each further attempt processes fewer, because the last one may have failed by taking too long.
     */
    static int most(int step, int attempts) {
        return Math.max(1, step >> Math.min(30, 2 * Math.max(0, attempts - 1)));
    }

    /** How many of the first documents fit into a step together. */
    int fitting(List<DocumentSize> sizes) {
        return DocumentSize.fitting(sizes, config.largestStep().asLongValue());
    }

    /** @throws Refusal.TooMany if more documents match than the request allows */
    static void check(ByFilterDraft draft, long affected) {
        if (!draft.allows(affected)) {
            throw new Refusal.TooMany(
                    "documents.too_many",
                    "The filter matches " + affected + " documents, but maxAffected allows only " + draft.maxAffected()
                            + ".",
                    affected);
        }
    }

    /** A change by filter names no versions, so a collection that demands If-Match refuses it; so does one that is derived from a model. */
    static void check(Collection owner) {
        owner.refuseIfDerived();
        if (owner.settings().requireIfMatch()) {
            throw new Refusal.Unconditional(0);
        }
    }
}
