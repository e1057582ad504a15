package dev.tandem.service.transfer;

import dev.tandem.database.session.UnitOfWork;
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
 * Imports documents, a batch at a time. Each batch is judged on threads of its own and then written in one transaction, so that the next
 * can be judged meanwhile. What a result says of a line is true once it is there: accepted is committed, refused has written nothing.
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

    /** Fails with {@link Refusal.NotFound} if there is no such collection. */
    public Uni<Void> open(String collection) {
        return unitOfWork.read(() -> collections.get(collection)).replaceWithVoid();
    }

    /** Reads and judges lines; nothing is written yet. Fails with {@link Refusal.NotFound} if there is no such collection. */
    public Uni<ImportBatch> prepare(String collection, List<RawLine> lines, ImportOptions options) {
        return unitOfWork
                .read(() -> collections.get(collection))
                .chain(owner -> judge.of(owner, () -> lines, options.author()));
    }

    /**
     * Writes a batch in one transaction. Fails with {@link Refusal.Unavailable}, and has written nothing then, if PostgreSQL stays away, and
     * with {@link Refusal.NotFound} if the collection has gone.
     */
    public Uni<ImportOutcome> write(ImportBatch batch, ImportOptions options) {
        AtomicReference<@Nullable ImportOutcome> last = new AtomicReference<>();
        Uni<ImportOutcome> written = unitOfWork
                .write(() -> heardOf(last.get())
                        .chain(heard -> heard != null
                                ? Uni.createFrom().item(heard)
                                : writer.write(batch, options).invoke(last::set)))
                // Somebody has added a key between our look and our insert. At the next look it is there.
                .onFailure(Refusal.Conflict.class)
                .retry()
                .atMost(OTHERS_FIRST);
        return RetryWhileUnavailable.with(written).invoke(outcome -> tell(batch.owner(), outcome));
    }

    /** The outcome of the try before this one, if it was committed and only that was not heard of; null where it has to be done again. */
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
