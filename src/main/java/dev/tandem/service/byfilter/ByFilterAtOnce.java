package dev.tandem.service.byfilter;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.job.JobConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Changes by filter that affect few documents: they are made in one transaction, while the request waits. */
@Singleton
class ByFilterAtOnce {

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final UUID END = new UUID(-1, -1);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final ByFilterSteps steps;
    private final JobConfig config;
    private final Event<RowsChanged> rowsChanged;

    ByFilterAtOnce(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentPages documents,
            ByFilterSteps steps,
            JobConfig config,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.steps = steps;
        this.config = config;
        this.rowsChanged = rowsChanged;
    }

    /** Whether a request may change that many documents. */
    boolean isFew(long matched) {
        return matched <= config.direct();
    }

    /**
     * Changes all of the documents, or none if that fails. Fails with {@link TooMuch}, without having changed anything, if this is too much
     * for a request.
     */
    Uni<ByFilterAnswer> change(ByFilterWork work, String collection, ByFilterDraft draft) {
        Filter filter = draft.toFilter();
        return unitOfWork
                .heavy()
                .write(() -> collections
                        .get(collection)
                        .invoke(ByFilterSteps::check)
                        .chain(owner -> documents
                                .sizes(owner.id(), owner.read(filter), BEGINNING, END, config.direct() + 1)
                                .invoke(this::checkFew)
                                .map(sizes ->
                                        sizes.stream().map(DocumentSize::id).toList())
                                .chain(ids -> documents.lockMatching(owner.id(), owner.read(filter), ids))
                                .invoke(locked -> ByFilterSteps.check(draft, locked.size()))
                                .chain(locked -> work.treat(owner, draft, locked))
                                .map(outcome -> new ByFilterAnswer.Done(owner.id(), outcome))))
                .invoke(done -> rowsChanged.fire(new RowsChanged(done.collectionId())))
                .map(done -> done);
    }

    /** @throws TooMuch if a request may not change them */
    void checkFew(List<DocumentSize> sizes) {
        if (!isFew(sizes.size()) || steps.fitting(sizes) < sizes.size()) {
            throw new TooMuch();
        }
    }

    /** The change needs a job: more documents match by now, or they are too large for one transaction. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("This is too much for one request.", null, false, false);
        }
    }
}
