package dev.tandem.service.transfer;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Imports documents, a batch at a time. Each batch is checked on separate threads and then written in one transaction, so that the next one
 * can be checked meanwhile. A result is final: an accepted line is committed, and a refused line has written nothing.
 */
@ApplicationScoped
public class ImportService {

    private static final int OTHERS_FIRST = 5;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final LineJudge judge;
    private final ImportWriter writer;
    private final ChangeRepository changes;
    private final Event<RowsChanged> rowsChanged;

    ImportService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            LineJudge judge,
            ImportWriter writer,
            ChangeRepository changes,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.judge = judge;
        this.writer = writer;
        this.changes = changes;
        this.rowsChanged = rowsChanged;
    }

    /** The collection. Fails with {@link Refusal.NotFound} if there is none, and with {@link Refusal.Conflict} if it is derived from a model. */
    public Uni<Collection> open(String collection) {
        return unitOfWork.read(() -> collections.get(collection)).invoke(Collection::refuseIfDerived);
    }

    /** Reads and checks lines without writing anything. Fails with {@link Refusal.NotFound} if there is no such collection. */
    public Uni<ImportBatch> prepare(String collection, List<RawLine> lines, ImportOptions options) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> judge.of(owner, () -> lines, options));
    }

    /**
     * Writes a batch in one transaction. Fails with {@link Refusal.Conflict}, without having written anything, if the name by which the collection was
     * found is an alias of another one by now. Fails with {@link Refusal.Unavailable}, without having written anything, if PostgreSQL stays
     * unavailable; and with {@link Refusal.NotFound} if the collection has been deleted.
     */
    public Uni<ImportOutcome> write(String collection, ImportBatch batch, ImportOptions options) {
        AtomicReference<@Nullable ImportOutcome> last = new AtomicReference<>();
        Uni<ImportOutcome> written = unitOfWork
                .write(() -> heardOf(last.get())
                        .chain(heard -> heard != null
                                ? Uni.createFrom().item(heard)
                                : writer.write(batch, options)
                                        .call(() -> collections.requireStill(collection, batch.owner()))
                                        .invoke(last::set)))
                // Another request has added a key between the read and the insert. The next attempt finds it.
                .onFailure(failure -> failure instanceof Refusal.Conflict && !Alias.isSwitchedAway(failure))
                .retry()
                .atMost(OTHERS_FIRST);
        return RetryWhileUnavailable.with(written).invoke(outcome -> tell(batch.owner(), outcome));
    }

    /** The outcome of the last attempt if it was committed and only the confirmation was lost; null if the batch must be written again. */
    private Uni<@Nullable ImportOutcome> heardOf(@Nullable ImportOutcome last) {
        UUID witness = last == null ? null : last.witness();
        return last == null || witness == null
                ? Uni.createFrom().nullItem()
                : changes.isCommitted(last.sequence(), witness).map(committed -> committed ? last : null);
    }

    private void tell(Collection owner, ImportOutcome outcome) {
        if (outcome.sequence() > 0) {
            rowsChanged.fire(new RowsChanged(owner.id()));
        }
    }
}
