package dev.tandem.service.byfilter;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWork.Prepared;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a collection's documents by id, and treats those that a filter matches when their turn comes: each once, because an id
 * never changes, whatever the treatment makes of the document.
 */
@Singleton
class ByFilterSteps {

    /** A step looks at so many documents at most, however few of them match. */
    private static final int LOOKED_AT = 10_000;

    private static final UUID BEGINNING = new UUID(0, 0);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final JobConfig config;

    ByFilterSteps(UnitOfWork unitOfWork, CollectionRepository collections, DocumentPages documents, JobConfig config) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.config = config;
    }

    /** The next page of a job. Before the first one it counts what there is to do, where nobody has. */
    Uni<Prepared> prepare(Job job, ByFilterWork work) {
        if (job.total() != null || job.cursor() != null) {
            return Uni.createFrom().item((Prepared) () -> step(job, work));
        }
        return total(job)
                .map(total ->
                        () -> step(job, work).map(step -> total.map(step::total).orElse(step)));
    }

    /** Empty where counting takes longer than a statement may: the job is done without. */
    private Uni<Optional<Long>> total(Job job) {
        Filter filter = ByFilterDraft.of(job.parameters()).toFilter();
        return unitOfWork
                .read(() -> documents.count(job.collectionId(), filter))
                .map(Optional::of)
                .onFailure(ByFilterSteps::isTimeout)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().equals(Refusal.Unavailable.TIMEOUT);
    }

    private Uni<Step> step(Job job, ByFilterWork work) {
        ByFilterDraft draft = ByFilterDraft.of(job.parameters());
        UUID until = ByFilterDraft.until(job.parameters());
        UUID after = job.cursor() == null ? BEGINNING : UUID.fromString(job.cursor());
        return collections.get(job.collectionId(), job.collection()).chain(owner -> documents
                .ahead(owner.id(), after, until, LOOKED_AT)
                .chain(ahead -> page(owner, draft, after, until, ahead, most(config.step(), job.attempts())))
                .chain(page -> documents
                        .lockMatching(owner.id(), draft.toFilter(), page.ids)
                        .invoke(locked -> check(draft, job.done() + job.failed() + locked.size()))
                        .chain(locked -> work.treat(owner, draft, locked))
                        .map(outcome -> page.step()
                                .done(outcome.changed() + outcome.unchanged())
                                .failed(outcome.failed(), outcome.errors())
                                .counts(work.counts(outcome))
                                .sequence(outcome.sequence()))));
    }

    /**
     * What a step goes through.
     *
     * @param ids of the documents that matched when their sizes were looked at: only of these is it known that they fit
     * @param end as far as the step goes; null where the job ends with it
     */
    private record Page(List<UUID> ids, @Nullable UUID end) {

        Step step() {
            return end == null ? Step.end() : Step.to(end.toString());
        }
    }

    /**
     * So many documents as a step treats.
     *
     * @param ahead as far as a step looks; null where that is as far as the job goes
     */
    private Uni<Page> page(
            Collection owner, ByFilterDraft draft, UUID after, UUID until, @Nullable UUID ahead, int most) {
        return documents
                .sizes(owner.id(), draft.toFilter(), after, ahead == null ? until : ahead, most)
                .map(sizes -> {
                    int fitting = fitting(sizes);
                    boolean isAll = fitting == sizes.size() && fitting < most;
                    List<UUID> ids =
                            sizes.stream().limit(fitting).map(DocumentSize::id).toList();
                    return new Page(ids, isAll ? ahead : ids.getLast());
                });
    }

    /** How many documents a step may treat: fewer at each further try, as it may have failed because they took too long. */
    static int most(int step, int attempts) {
        return Math.max(1, step >> Math.min(30, 2 * Math.max(0, attempts - 1)));
    }

    /** How many of the first are not too large together. */
    int fitting(List<DocumentSize> sizes) {
        return DocumentSize.fitting(sizes, config.largestStep().asLongValue());
    }

    /** @throws Refusal.TooMany if a wish is for fewer documents than it would affect */
    static void check(ByFilterDraft draft, long affected) {
        if (!draft.allows(affected)) {
            throw new Refusal.TooMany(
                    "documents.too_many",
                    "The filter matches " + affected + " documents, and maxAffected allows " + draft.maxAffected()
                            + ".",
                    affected);
        }
    }

    /** A filter names no versions. */
    static void check(Collection owner) {
        if (owner.settings().requireIfMatch()) {
            throw new Refusal.Unconditional(0);
        }
    }
}
