package dev.tandem.service.embedding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.embedding.HeldTask;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingProgressRepository;
import dev.tandem.repository.EmbeddingTaskRepository;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Stores the vectors that a model has made, unless the document's text has changed meanwhile. The document, its chunks, its task and the
 * entry in the change log are written together or not at all.
 */
@Singleton
class EmbeddingResults {

    private final UnitOfWork unitOfWork;
    private final DocumentRepository documents;
    private final ChunkRepository chunks;
    private final EmbeddingTaskRepository tasks;
    private final EmbeddingProgressRepository progress;
    private final ChangeRepository changes;
    private final Event<RowsChanged> rowsChanged;

    EmbeddingResults(
            UnitOfWork unitOfWork,
            DocumentRepository documents,
            ChunkRepository chunks,
            EmbeddingTaskRepository tasks,
            EmbeddingProgressRepository progress,
            ChangeRepository changes,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.documents = documents;
        this.chunks = chunks;
        this.tasks = tasks;
        this.progress = progress;
        this.changes = changes;
        this.rowsChanged = rowsChanged;
    }

    /** A document and its chunks. */
    record Result(Work work, List<Chunk> chunks) {
        Destination destination() {
            return new Destination(work.collection().id(), work.set());
        }
    }

    /** The set that results are stored in. */
    private record Destination(UUID collectionId, VectorSet set) {}

    /** Writes documents whose chunks all have vectors. */
    Uni<Void> store(List<Result> results) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<Destination, List<Result>> part :
                results.stream().collect(groupingBy(Result::destination)).entrySet()) {
            all = all.chain(() -> unitOfWork.write(() -> storeAll(part.getKey(), part.getValue())))
                    .invoke(() -> rowsChanged.fire(new RowsChanged(part.getKey().collectionId, false)));
        }
        return all;
    }

    /** Where those chunks of a large document are that have been embedded and stored so far, in order. */
    Uni<List<Span>> kept(Work work) {
        return unitOfWork.read(() -> progress.spans(work.held()));
    }

    /** Deletes the stored chunks of a large document. Returns whether this replica should still embed the document. */
    Uni<Boolean> forget(Work work, Duration lease) {
        return ifHeld(work, lease, () -> progress.forget(work.held()));
    }

    /** Stores the next chunks of a large document. Returns whether this replica should still embed the document. */
    Uni<Boolean> keep(Work work, List<Chunk> next, Duration lease) {
        return ifHeld(work, lease, () -> progress.add(work.held(), next));
    }

    private Uni<Boolean> ifHeld(Work work, Duration lease, Supplier<Uni<Void>> step) {
        // The document is locked before its task, in the same order as writers lock them.
        return unitOfWork.write(() -> documents
                .lockAll(List.of(work.id()))
                .chain(() -> tasks.advance(work.held(), lease))
                .call(isHeld -> isHeld ? step.get() : Uni.createFrom().voidItem()));
    }

    /** Completes a large document: adds these last chunks to those stored before. */
    Uni<Void> complete(Work work, List<Chunk> last, Duration lease) {
        UUID collectionId = work.collection().id();
        return ifHeld(work, lease, () -> storeKept(collectionId, work, last))
                .invoke(() -> rowsChanged.fire(new RowsChanged(collectionId, false)))
                .replaceWithVoid();
    }

    private Uni<Void> storeKept(UUID collectionId, Work work, List<Chunk> last) {
        List<UUID> ids = List.of(work.id());
        return chunks.replace(work.set(), ids, List.of())
                .chain(() -> progress.moveToChunks(work.held()))
                .invoke(moved -> requireAll(last, moved))
                .chain(() -> chunks.addAll(work.set(), last))
                .chain(() -> documents.setEmbedded(work.set(), ids))
                .chain(() -> changes.append(collectionId, ids, ChangeKind.EMBEDDED))
                .chain(() -> tasks.finish(List.of(work.held())))
                .replaceWithVoid();
    }

    /** The last chunks must directly follow the stored ones. */
    private static void requireAll(List<Chunk> last, int kept) {
        if (last.getFirst().ordinal() != kept) {
            throw new IllegalStateException("Before the last chunks, " + kept + " chunks are stored instead of "
                    + last.getFirst().ordinal() + ".");
        }
    }

    private Uni<Void> storeAll(Destination destination, List<Result> results) {
        List<HeldTask> held = results.stream().map(result -> result.work.held()).toList();
        return documents
                .lockAll(held.stream().map(HeldTask::documentId).toList())
                .chain(locked -> {
                    Set<UUID> present = locked.stream().map(Document::id).collect(toSet());
                    return tasks.finish(held).map(ours -> results.stream()
                            .filter(result -> ours.contains(result.work.held().token()))
                            .filter(result -> present.contains(result.work.id()))
                            .toList());
                })
                .chain(current -> current.isEmpty() ? Uni.createFrom().voidItem() : storeCurrent(destination, current));
    }

    private Uni<Void> storeCurrent(Destination destination, List<Result> current) {
        List<UUID> ids = current.stream().map(result -> result.work.id()).toList();
        List<Chunk> made =
                current.stream().flatMap(result -> result.chunks.stream()).toList();
        // Of a text of white space, nothing can be embedded.
        List<UUID> embedded = current.stream()
                .filter(result -> result.work.document().hasText())
                .map(result -> result.work.id())
                .toList();
        return chunks.replace(destination.set, ids, made)
                .chain(() -> documents.setEmbedded(destination.set, embedded))
                .chain(() -> changes.append(destination.collectionId, ids, ChangeKind.EMBEDDED))
                .replaceWithVoid();
    }
}
