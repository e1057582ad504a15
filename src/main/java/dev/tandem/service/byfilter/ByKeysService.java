package dev.tandem.service.byfilter;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.factory.job.ByKeysDraft;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.byfilter.ByFilterAtOnce.TooMuch;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;

/** Deleting documents that a client names by key: a few of them at once and as a whole, many or large ones as a job. */
@ApplicationScoped
public class ByKeysService {

    private final UnitOfWork unitOfWork;
    private final NamedDocuments documents;
    private final DeleteByKeys deletion;
    private final ByFilterAtOnce atOnce;
    private final JobService jobs;
    private final JobFactory factory;
    private final Event<RowsChanged> rowsChanged;

    ByKeysService(
            UnitOfWork unitOfWork,
            NamedDocuments documents,
            DeleteByKeys deletion,
            ByFilterAtOnce atOnce,
            JobService jobs,
            JobFactory factory,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.documents = documents;
        this.deletion = deletion;
        this.atOnce = atOnce;
        this.jobs = jobs;
        this.factory = factory;
        this.rowsChanged = rowsChanged;
    }

    /**
     * What a deletion would be about.
     *
     * @param matched how many documents
     * @param missing the keys that no document has
     */
    public record Counted(long matched, List<String> missing) {}

    /** Changes nothing. Fails as the deletion itself would. */
    public Uni<Counted> count(String collection, ByKeysDraft draft) {
        return unitOfWork
                .heavy()
                .read(() -> documents.find(collection, draft))
                .map(found -> new Counted(found.documents().size(), found.missing()));
    }

    /**
     * Deletes them, all or none. Keys that no document has are {@code failed}, and named by the errors.
     *
     * @param async has a job do it, however few they are
     */
    public Uni<ByFilterAnswer> delete(String collection, ByKeysDraft draft, boolean async) {
        return async
                ? begin(collection, draft)
                : atOnce(collection, draft)
                        .onFailure(TooMuch.class)
                        .recoverWithUni(failure -> begin(collection, draft));
    }

    private Uni<ByFilterAnswer> atOnce(String collection, ByKeysDraft draft) {
        return unitOfWork
                .heavy()
                .write(() -> documents
                        .find(collection, draft)
                        .invoke(found -> atOnce.checkFew(found.documents()))
                        .chain(found -> deletion.delete(found.owner(), found.named(), draft.author())
                                .map(outcome ->
                                        new ByFilterAnswer.Done(found.owner().id(), outcome))))
                .invoke(done -> rowsChanged.fire(new RowsChanged(done.collectionId())))
                .map(done -> done);
    }

    private Uni<ByFilterAnswer> begin(String collection, ByKeysDraft draft) {
        return jobs.add(
                () -> documents
                        .find(collection, draft)
                        .map(found ->
                                factory.create(deletion.kind(), found.owner(), draft.toParameters(found.ids()), (long)
                                        draft.keys().size())),
                ByFilterAnswer.Begun::new);
    }
}
