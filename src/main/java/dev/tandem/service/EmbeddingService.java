package dev.tandem.service;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingTask;
import dev.tandem.domain.document.ParkedTask;
import dev.tandem.embedding.DocumentEmbedder;
import dev.tandem.embedding.DocumentEmbedder.Source;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingTaskRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gives documents their vectors: takes what is due, and writes what a model has made of it if the text is still the same. */
@ApplicationScoped
public class EmbeddingService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final ChunkRepository chunks;
    private final EmbeddingTaskRepository tasks;
    private final ChangeRepository changes;
    private final DocumentEmbedder embedder;
    private final Event<RowsChanged> rowsChanged;

    EmbeddingService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            ChunkRepository chunks,
            EmbeddingTaskRepository tasks,
            ChangeRepository changes,
            DocumentEmbedder embedder,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.chunks = chunks;
        this.tasks = tasks;
        this.changes = changes;
        this.embedder = embedder;
        this.rowsChanged = rowsChanged;
    }

    /** A document that is to be embedded, with the collection that says how. */
    public record Work(EmbeddingTask task, Collection collection, Document document) {

        /** How much there is to embed, in UTF-16 units. */
        public int length() {
            return document.content() == null ? 0 : document.content().length();
        }
    }

    /** Work that is done. */
    public record Result(Work work, List<Chunk> chunks) {}

    /** Takes work that is due. Nobody else takes it while the lease lasts. */
    public Uni<List<Work>> claim(int limit, Duration lease) {
        return unitOfWork
                .write(() -> tasks.claim(limit, lease))
                .chain(claimed -> claimed.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : unitOfWork.read(() -> withRows(claimed)));
    }

    /**
     * Counts a try of the work and begins its lease anew: from now on it may fail, or take the process with it. Answers what of it is
     * still to be done.
     */
    public Uni<List<Work>> begin(List<Work> work, Duration lease) {
        return unitOfWork
                .write(() -> tasks.begin(work.stream().map(Work::task).toList(), lease))
                .map(begun -> work.stream()
                        .filter(one -> begun.contains(one.document.id()))
                        .map(one -> new Work(one.task.tried(), one.collection, one.document))
                        .toList());
    }

    /** Makes the passages and vectors of documents, outside any transaction. One that can't be embedded fails all of them. */
    public Uni<List<Result>> embed(List<Work> works) {
        return embedder.embed(works.stream()
                        .map(work -> new Source(work.collection, work.document))
                        .toList())
                .map(chunks -> works.stream()
                        .map(work -> new Result(work, chunks.getOrDefault(work.document.id(), List.of())))
                        .toList());
    }

    /** Writes what was made of documents whose text is still what it was made of; the rest is of no use any more. */
    public Uni<Void> store(List<Result> results) {
        Map<UUID, List<Result>> byCollection = new HashMap<>();
        results.forEach(result -> byCollection
                .computeIfAbsent(result.work.collection.id(), id -> new ArrayList<>())
                .add(result));
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<Result>> part : byCollection.entrySet()) {
            all = all.chain(() -> unitOfWork.write(() -> storeAll(part.getKey(), part.getValue())))
                    .invoke(() -> rowsChanged.fire(new RowsChanged(part.getKey())));
        }
        return all;
    }

    /** Gives work back, to be tried again later. */
    public Uni<Void> defer(Work work, String error, Duration delay) {
        return unitOfWork.write(() -> tasks.defer(work.task, error, delay));
    }

    /** Gives work back as if it had not been tried, to be begun again later. */
    public Uni<Void> postpone(List<Work> work, String error, Duration delay) {
        return unitOfWork.write(
                () -> tasks.postpone(work.stream().map(Work::task).toList(), error, delay));
    }

    /** Puts work aside until somebody looks at it. */
    public Uni<Void> park(Work work, String error) {
        return unitOfWork.write(() -> tasks.park(work.task, error));
    }

    /** What has been put aside, the latest first. */
    public Uni<List<ParkedTask>> parked(int limit) {
        return unitOfWork.read(() -> tasks.parked(limit));
    }

    /** Has everything that was put aside tried again; answers how much it is. */
    public Uni<Integer> retryParked() {
        return unitOfWork.write(tasks::unpark);
    }

    private Uni<List<Work>> withRows(List<EmbeddingTask> claimed) {
        Map<UUID, Collection> owners = new HashMap<>();
        Uni<Void> loaded = Uni.createFrom().voidItem();
        for (UUID id :
                claimed.stream().map(EmbeddingTask::collectionId).distinct().toList()) {
            loaded = loaded.chain(() -> collections.find(id))
                    .invoke(owner -> {
                        if (owner != null) {
                            owners.put(id, owner);
                        }
                    })
                    .replaceWithVoid();
        }
        List<UUID> ids = claimed.stream().map(EmbeddingTask::documentId).toList();
        return loaded.chain(() -> documents.byIds(ids)).map(found -> {
            Map<UUID, Document> byId = found.stream().collect(toMap(Document::id, Function.identity()));
            return claimed.stream().flatMap(task -> work(task, owners, byId)).toList();
        });
    }

    /** Whoever deletes a document or a collection deletes its tasks too, so nothing is left undone here. */
    private static Stream<Work> work(EmbeddingTask task, Map<UUID, Collection> owners, Map<UUID, Document> documents) {
        Collection owner = owners.get(task.collectionId());
        Document document = documents.get(task.documentId());
        return owner == null || document == null ? Stream.empty() : Stream.of(new Work(task, owner, document));
    }

    private Uni<Void> storeAll(UUID collectionId, List<Result> results) {
        List<UUID> all =
                results.stream().map(result -> result.work.document.id()).toList();
        return documents
                .lockAll(all)
                .chain(locked -> tasks.finish(
                                results.stream().map(result -> result.work.task).toList())
                        .map(ours -> locked.stream()
                                .filter(document -> ours.contains(document.id()))
                                .toList()))
                .chain(current ->
                        current.isEmpty() ? Uni.createFrom().voidItem() : storeCurrent(collectionId, current, results));
    }

    private Uni<Void> storeCurrent(UUID collectionId, List<Document> current, List<Result> results) {
        List<UUID> ids = current.stream().map(Document::id).toList();
        Set<UUID> finished = Set.copyOf(ids);
        List<Chunk> made = results.stream()
                .filter(result -> finished.contains(result.work.document.id()))
                .flatMap(result -> result.chunks.stream())
                .toList();
        return chunks.replace(ids, made)
                .chain(() -> documents.setEmbedded(ids))
                .chain(() -> changes.append(collectionId, ids, ChangeKind.EMBEDDED))
                .replaceWithVoid();
    }
}
