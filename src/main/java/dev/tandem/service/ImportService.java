package dev.tandem.service;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.error.Refusal;
import dev.tandem.factory.DocumentFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.ImportBatch.Judged;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Imports documents, a batch at a time. Each batch is judged on threads of its own and then written in one transaction, so that the next
 * can be judged meanwhile. What a result says of a line is true once it is there: accepted is committed, refused has written nothing.
 */
@ApplicationScoped
public class ImportService {

    private static final int THREADS = 2;
    private static final int WAITING_BATCHES = 256;
    private static final int OTHERS_FIRST = 5;
    private static final int PATIENCE = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentFactory factory;
    private final ImportWriter writer;
    private final Event<RowsChanged> rowsChanged;
    private final WorkerPool threads = new WorkerPool("import", THREADS, WAITING_BATCHES);

    ImportService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentFactory factory,
            ImportWriter writer,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.factory = factory;
        this.writer = writer;
        this.rowsChanged = rowsChanged;
    }

    /**
     * What became of a batch.
     *
     * @param results of each line that was looked at, in their order
     * @param stopped whether the last of them ends the import
     */
    public record Outcome(List<LineResult> results, boolean stopped) {}

    /** Fails with {@link Refusal.NotFound} if there is no such collection. */
    public Uni<Void> open(String collection) {
        return unitOfWork.read(() -> collections.get(collection)).replaceWithVoid();
    }

    /**
     * Reads and judges lines; nothing is written yet.
     *
     * @param lines reads them; called on one of the import's threads
     */
    public Uni<ImportBatch> prepare(String collection, Supplier<List<ImportLine>> lines) {
        return unitOfWork
                .read(() -> collections.get(collection))
                .chain(owner -> threads.run(() -> new ImportBatch(
                        owner,
                        lines.get().stream().map(line -> judged(owner, line)).toList())));
    }

    /**
     * Writes a batch in one transaction. Fails with {@link Refusal.Unavailable}, and has written nothing then, if PostgreSQL stays away, and
     * with {@link Refusal.NotFound} if the collection has gone.
     */
    public Uni<Outcome> write(ImportBatch batch, ImportOptions options) {
        List<Judged.Unsound> unsound = batch.unsound();
        if (options.stopAtRefusal() && !unsound.isEmpty()) {
            return writeBefore(batch, unsound.getFirst().result(), options);
        }
        return writeSound(batch, options)
                .map(written -> outcome(batch, written))
                .onFailure(ImportWriter.Stopped.class)
                .recoverWithUni(failure -> writeBefore(batch, ((ImportWriter.Stopped) failure).refused(), options));
    }

    private Uni<Outcome> writeBefore(ImportBatch batch, LineResult.Refused last, ImportOptions options) {
        return write(batch.before(last.line()), options)
                // An earlier line may have stopped it meanwhile.
                .map(before -> before.stopped ? before : stopped(before.results, last));
    }

    private static Outcome stopped(List<LineResult> before, LineResult.Refused last) {
        List<LineResult> results = new ArrayList<>(before);
        results.add(last);
        return new Outcome(results, true);
    }

    private Uni<List<LineResult>> writeSound(ImportBatch batch, ImportOptions options) {
        return unitOfWork
                .write(() -> writer.write(batch, options))
                // Somebody has added a key between our look and our insert. At the next look it is there.
                .onFailure(Refusal.Conflict.class)
                .retry()
                .atMost(OTHERS_FIRST)
                .onFailure(Refusal.Unavailable.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(PATIENCE)
                .onFailure(ImportService::isRetriesExhausted)
                .transform(Throwable::getCause)
                .invoke(results -> tell(batch.owner(), results));
    }

    /** Mutiny puts the last failure into one of its own. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof Refusal;
    }

    private static Outcome outcome(ImportBatch batch, List<LineResult> written) {
        List<LineResult> results = new ArrayList<>(written);
        batch.unsound().forEach(line -> results.add(line.result()));
        results.sort(Comparator.comparingLong(LineResult::line));
        return new Outcome(results, false);
    }

    private Judged judged(Collection owner, ImportLine line) {
        return switch (line) {
            case ImportLine.Unreadable bad -> new Judged.Unsound(bad.number(), bad.key(), bad.refusal());
            case ImportLine.Readable good -> {
                try {
                    yield new Judged.Sound(
                            good.number(), factory.create(owner, good.draft(), good.passages()), good.ifVersion());
                } catch (Refusal refusal) {
                    yield new Judged.Unsound(good.number(), good.draft().key(), refusal);
                }
            }
        };
    }

    private void tell(Collection owner, List<LineResult> results) {
        boolean changed =
                results.stream().anyMatch(result -> result instanceof LineResult.Accepted done && !done.unchanged());
        if (changed) {
            rowsChanged.fire(new RowsChanged(owner.id()));
        }
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
