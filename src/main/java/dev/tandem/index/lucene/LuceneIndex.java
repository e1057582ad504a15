package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Candidates;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Index;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexHealth;
import dev.tandem.index.IndexSize;
import dev.tandem.index.IndexStatus;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import dev.tandem.index.lucene.store.Generation;
import dev.tandem.index.lucene.store.IndexSlot;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The index of one collection in its folder. If the disk fails while the index is open, searches go on with the last visible state. */
final class LuceneIndex implements Index {

    private static final Candidates NOTHING = new Candidates(List.of(), List.of(), 0);

    private final LuceneIndexes indexes;
    private final UUID collectionId;
    private final Shape shape;

    LuceneIndex(LuceneIndexes indexes, UUID collectionId, Shape shape) {
        this.indexes = indexes;
        this.collectionId = collectionId;
        this.shape = shape;
    }

    @Override
    public Uni<Optional<Position>> position() {
        return indexes.changes().run(() -> indexes.change(collectionId, this::positionOf));
    }

    @Override
    public Uni<IndexStatus> status() {
        // Only to open an index takes a thread, for which changes and the merges between them may make it wait.
        return indexes.slot(collectionId)
                .peek()
                .map(open -> Uni.createFrom().item(status(positionOf(open))))
                .orElseGet(() -> indexes.changes().run(() -> status(shown())));
    }

    private IndexStatus status(Optional<Position> shown) {
        IndexHealth built = shown.isPresent() ? IndexHealth.OK : IndexHealth.BUILDING;
        return new IndexStatus(indexes.trouble(collectionId).isPresent() ? IndexHealth.DEGRADED : built, shown);
    }

    private Optional<Position> shown() {
        try {
            return indexes.read(collectionId, this::positionOf);
        } catch (Refusal.Unavailable e) {
            if (indexes.trouble(collectionId).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Position> positionOf(@Nullable Generation generation) {
        return generation != null && generation.shape().equals(shape) ? generation.position() : Optional.empty();
    }

    @Override
    public Uni<Boolean> apply(List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached) {
        return indexes.changes()
                .run(() -> indexes.change(
                        collectionId, generation -> built(generation).apply(saved, gone, from, reached)));
    }

    @Override
    public Uni<List<Stamp>> stamps(@Nullable UUID after, int limit) {
        return indexes.changes()
                .run(() -> indexes.read(
                        collectionId, generation -> generation == null ? List.of() : generation.stamps(after, limit)));
    }

    @Override
    public Uni<Map<UUID, Long>> stamps(Set<UUID> documentIds) {
        return indexes.changes()
                .run(() -> indexes.read(
                        collectionId, generation -> generation == null ? Map.of() : generation.stamps(documentIds)));
    }

    private Generation built(@Nullable Generation generation) {
        if (generation == null || positionOf(generation).isEmpty()) {
            throw new IllegalStateException("The index of collection " + collectionId + " has to be built first.");
        }
        return generation;
    }

    @Override
    public Uni<Candidates> search(CandidateQuery query) {
        return indexes.searches()
                .run(
                        collectionId,
                        stop -> indexes.read(
                                collectionId,
                                generation -> generation == null ? NOTHING : generation.search(query, stop)));
    }

    @Override
    public Uni<IndexSize> size() {
        return indexes.searches()
                .run(
                        collectionId,
                        stop -> indexes.read(
                                collectionId, generation -> generation == null ? IndexSize.EMPTY : generation.size()));
    }

    @Override
    public Uni<IndexBuild> rebuild() {
        return indexes.changes().run(() -> {
            IndexSlot slot = indexes.slot(collectionId);
            return new LuceneBuild(indexes, slot, slot.begin(shape));
        });
    }
}
