package dev.tandem.service.byfilter;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.DocumentRepository.Sized;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changing all documents that a filter matches: a few of them at once and as a whole, many as a job. */
@ApplicationScoped
public class ByFilterService {

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final UUID END = new UUID(-1, -1);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final DeleteByFilter deletion;
    private final UpdateByFilter update;
    private final ByFilterSteps pages;
    private final JobService jobs;
    private final JobFactory factory;
    private final JobConfig config;
    private final Event<RowsChanged> rowsChanged;

    ByFilterService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            DeleteByFilter deletion,
            UpdateByFilter update,
            ByFilterSteps pages,
            JobService jobs,
            JobFactory factory,
            JobConfig config,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.deletion = deletion;
        this.update = update;
        this.pages = pages;
        this.jobs = jobs;
        this.factory = factory;
        this.config = config;
        this.rowsChanged = rowsChanged;
    }

    /** How many documents it would be about. Fails with {@link Refusal.TooMany} if those are more than the wish allows. */
    public Uni<Long> count(String collection, ByFilterDraft draft) {
        Filter filter = draft.toFilter();
        return unitOfWork
                .read(() -> collections
                        .get(collection)
                        .invoke(ByFilterService::check)
                        .chain(owner -> documents.count(owner.id(), filter)))
                .invoke(matched -> ByFilterSteps.check(draft, matched));
    }

    /**
     * Deletes them.
     *
     * @param async has a job do it, however few they are
     */
    public Uni<ByFilterAnswer> delete(String collection, ByFilterDraft draft, boolean async) {
        return change(deletion, collection, draft, async);
    }

    /**
     * Patches them.
     *
     * @param async has a job do it, however few they are
     */
    public Uni<ByFilterAnswer> update(String collection, ByFilterDraft draft, boolean async) {
        return change(update, collection, draft, async);
    }

    private Uni<ByFilterAnswer> change(ByFilterWork work, String collection, ByFilterDraft draft, boolean async) {
        Filter filter = draft.toFilter();
        if (async && draft.maxAffected() == null) {
            // Counting may take longer than a request has; the job does it by itself.
            return begin(work, collection, draft, null);
        }
        return count(collection, draft)
                .chain(matched -> async || matched > config.direct()
                        ? begin(work, collection, draft, matched)
                        : changeNow(work, collection, draft, filter)
                                .onFailure(TooMuch.class)
                                .recoverWithUni(failure -> begin(work, collection, draft, matched)));
    }

    /** All of them, or, where that fails, none. */
    private Uni<ByFilterAnswer> changeNow(ByFilterWork work, String collection, ByFilterDraft draft, Filter filter) {
        return unitOfWork
                .write(() -> collections
                        .get(collection)
                        .invoke(ByFilterService::check)
                        .chain(owner -> documents
                                .sizes(owner.id(), filter, BEGINNING, END, config.direct() + 1)
                                .invoke(this::checkFew)
                                .map(sizes -> sizes.stream().map(Sized::id).toList())
                                .chain(ids -> documents.lockMatching(owner.id(), filter, ids))
                                .invoke(locked -> ByFilterSteps.check(draft, locked.size()))
                                .chain(locked -> work.treat(owner, draft, locked))
                                .map(outcome -> new ByFilterAnswer.Done(owner.id(), outcome))))
                .invoke(done -> rowsChanged.fire(new RowsChanged(done.collectionId())))
                .map(done -> done);
    }

    /** @param total how many documents it is about; null where nobody has counted them */
    private Uni<ByFilterAnswer> begin(ByFilterWork work, String collection, ByFilterDraft draft, @Nullable Long total) {
        return jobs.add(
                () -> collections.get(collection).invoke(ByFilterService::check).chain(owner -> documents
                        .last(owner.id())
                        .map(last -> factory.create(
                                work.kind(), owner, draft.toParameters(last == null ? BEGINNING : last), total))),
                ByFilterAnswer.Begun::new);
    }

    private void checkFew(List<Sized> sizes) {
        if (sizes.size() > config.direct() || pages.fitting(sizes) < sizes.size()) {
            throw new TooMuch();
        }
    }

    /** A filter names no versions. */
    private static void check(Collection owner) {
        if (owner.settings().requireIfMatch()) {
            throw new Refusal.Unconditional(0);
        }
    }

    /** It is a job's work: more match by now, or they are too large to be treated at once. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("This is too much for one request.", null, false, false);
        }
    }
}
