package dev.tandem.service;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogExtent;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.filter.Filter;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.lucene.LuceneIndex;
import dev.tandem.index.lucene.LuceneIndexes;
import dev.tandem.index.lucene.LuceneRebuild;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes indexes follow the rows. An index stands at a {@link Position} of the change log; following is reading on from there and indexing
 * what has changed as it is now. Whatever is lost in a crash is read again.
 */
@ApplicationScoped
public class IndexingService {

    private static final Logger LOG = Logger.getLogger(IndexingService.class);
    private static final String ENGINE = "lucene";
    private static final int BATCH = 500;
    private static final int PRUNED_AT_ONCE = 5_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final ChunkRepository chunks;
    private final ChangeRepository changes;
    private final LuceneIndexes indexes;
    private final Visibility visibility = new Visibility();

    IndexingService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            ChunkRepository chunks,
            ChangeRepository changes,
            LuceneIndexes indexes) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.chunks = chunks;
        this.changes = changes;
        this.indexes = indexes;
    }

    /** What has been going on in the log. */
    public record News(long horizon, Set<UUID> collections) {}

    /** The collections that transactions from {@code from} on have changed, as far as the log is settled. */
    public Uni<News> news(long from) {
        return unitOfWork.read(() -> changes.extent()
                .map(LogExtent::horizon)
                .chain(horizon -> from >= horizon
                        ? Uni.createFrom().item(new News(horizon, Set.of()))
                        : changes.changedCollections(from, horizon).map(changed -> new News(horizon, changed))));
    }

    /** All collections; the indexes of others, which are gone, are deleted. */
    public Uni<Set<UUID>> sweep() {
        // The indexes first: one that appears later may be of a collection that the rows did not show yet.
        return indexes.stored()
                .chain(stored ->
                        unitOfWork.read(collections::ids).call(existing -> indexes.dropAll(without(stored, existing))));
    }

    private static Set<UUID> without(Set<UUID> ids, Set<UUID> others) {
        Set<UUID> rest = new HashSet<>(ids);
        rest.removeAll(others);
        return rest;
    }

    /** Deletes changes of more than that age. An index that still needed them will be built anew. */
    public Uni<Void> prune(Duration age) {
        return unitOfWork
                .write(() -> changes.prune(age, PRUNED_AT_ONCE))
                .chain(count -> count < PRUNED_AT_ONCE ? Uni.createFrom().voidItem() : prune(age));
    }

    /** Brings a collection's index up to the settled end of the log, building it first where there is none. */
    public Uni<Void> catchUp(UUID collectionId) {
        return unitOfWork.read(() -> collections.find(collectionId)).chain(collection -> {
            if (collection == null) {
                return indexes.drop(collectionId);
            }
            LuceneIndex index = indexes.of(collection);
            return index.position()
                    .chain(position ->
                            position.isPresent() ? follow(collection, index, position.get()) : build(collection));
        });
    }

    /** Deletes a collection's index; at the next sweep if not now. */
    public Uni<Void> forget(Collection collection) {
        return indexes.drop(collection.id()).onFailure().recoverWithUni(failure -> {
            LOG.debugf(failure, "The index of collection %s is left to the sweep.", collection.name());
            return Uni.createFrom().voidItem();
        });
    }

    /** How far the index of a collection has come here. */
    public Uni<IndexState> state(String collection) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> indexes.of(owner)
                .position()
                .chain(position -> state(owner, position.orElse(Position.START))));
    }

    /** Whether searches here show what the transaction did, within the time; waits until they do or it has passed. */
    public Uni<Boolean> awaitVisible(UUID collectionId, long sequence, Duration atMost) {
        return visibility.await(collectionId, sequence, atMost);
    }

    /**
     * The collections whose index somebody waits for. What they wait for may be the sequence of another collection's change, so that
     * nothing in the log leads to theirs.
     */
    public Set<UUID> awaited() {
        return visibility.awaited();
    }

    private Uni<IndexState> state(Collection owner, Position position) {
        return unitOfWork
                .read(() -> changes.lag(owner.id(), position))
                .map(lag -> new IndexState(ENGINE, position.sequence(), lag));
    }

    /** How following goes on after a batch. */
    private enum Next {
        BATCH,
        NOTHING,
        BUILD
    }

    /** How far following has come. */
    private static final class Place {
        private Position position;

        Place(Position from) {
            position = from;
        }
    }

    /** In a loop, not by each step chaining the next: that would keep everything it has read until the last one ends. */
    private Uni<Void> follow(Collection collection, LuceneIndex index, Position from) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Place(from), place -> followBatch(collection, index, place))
                .whilst(next -> next == Next.BATCH)
                .collect()
                .last()
                .chain(next -> next == Next.BUILD
                        ? build(collection)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Next> followBatch(Collection collection, LuceneIndex index, Place place) {
        return unitOfWork
                .read(() -> changes.extent().chain(extent -> next(collection, place.position, extent)))
                .chain(batch -> {
                    if (batch == null) {
                        return Uni.createFrom().item(Next.BUILD);
                    }
                    place.position = batch.reached;
                    return index.apply(batch.entries, batch.gone, batch.reached)
                            .invoke(() -> visibility.reached(collection.id(), batch.reached.sequence()))
                            .replaceWith(batch.isLast ? Next.NOTHING : Next.BATCH);
                });
    }

    /**
     * What comes next; null where the index has to be built anew: the log says so, or doesn't reach back to the position, or the index is
     * of another database's log.
     */
    private Uni<@Nullable Batch> next(Collection collection, Position position, LogExtent extent) {
        if (!extent.reaches(position)) {
            return Uni.createFrom().nullItem();
        }
        return changes.after(collection.id(), position, extent.horizon(), BATCH)
                .chain(found -> found.stream().anyMatch(change -> change.kind() == ChangeKind.REBUILD)
                        ? Uni.createFrom().nullItem()
                        : batch(found, extent.horizon()));
    }

    private Uni<Batch> batch(List<Change> found, long horizon) {
        Set<UUID> ids = new LinkedHashSet<>();
        found.forEach(change -> ids.add(change.documentId()));
        boolean isLast = found.size() < BATCH;
        Position reached = isLast ? Position.before(horizon) : found.getLast().position();
        return entries(ids).map(entries -> {
            Set<UUID> gone = new HashSet<>(ids);
            entries.forEach(entry -> gone.remove(entry.document().id()));
            return new Batch(entries, gone, reached, isLast);
        });
    }

    private record Batch(List<IndexEntry> entries, Set<UUID> gone, Position reached, boolean isLast) {}

    /** Snapshot first, from the place that the log had reached before it; what has changed during it is followed afterwards. */
    private Uni<Void> build(Collection collection) {
        LOG.infof("Building the index of collection %s.", collection.name());
        return unitOfWork.read(changes::extent).map(LogExtent::horizon).chain(horizon -> indexes.of(collection)
                .rebuild()
                .chain(rebuild -> fill(collection, rebuild)
                        .chain(() -> rebuild.swapIn(Position.before(horizon)))
                        .onFailure()
                        .call(rebuild::discard))
                .chain(() -> catchUp(collection.id())));
    }

    private Uni<Void> fill(Collection collection, LuceneRebuild rebuild) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicReference<@Nullable UUID>::new, last -> fillBatch(collection, rebuild, last))
                .whilst(isMore -> isMore)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whether there was anything behind the last document. */
    private Uni<Boolean> fillBatch(Collection collection, LuceneRebuild rebuild, AtomicReference<@Nullable UUID> last) {
        return unitOfWork
                .read(() -> documents
                        .slice(collection.id(), Filter.EVERYTHING, last.get(), BATCH)
                        .chain(this::withChunks))
                .chain(entries -> {
                    if (entries.isEmpty()) {
                        return Uni.createFrom().item(false);
                    }
                    last.set(entries.getLast().document().id());
                    return rebuild.apply(entries, Set.of()).replaceWith(true);
                });
    }

    private Uni<List<IndexEntry>> entries(Set<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : documents.byIds(ids).chain(this::withChunks);
    }

    private Uni<List<IndexEntry>> withChunks(List<Document> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return chunks.of(found.stream().map(Document::id).toList()).map(passages -> entries(found, passages));
    }

    private static List<IndexEntry> entries(List<Document> found, Map<UUID, List<Chunk>> passages) {
        return found.stream()
                .map(document -> new IndexEntry(document, passages.getOrDefault(document.id(), List.of())))
                .toList();
    }
}
