package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.search.Candidates;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The index of one collection. Holds nothing open: take a new one whenever the collection may have changed.
 *
 * <p>Everything here fails with {@link dev.tandem.domain.error.Refusal.Unavailable} when too much work waits or the service stops, and
 * with {@link IOException} when the disk fails or another process uses the same folder.
 */
public final class LuceneIndex {

    private static final Candidates NOTHING = new Candidates(List.of(), List.of(), 0);

    private final LuceneIndexes indexes;
    private final UUID collectionId;
    private final Fingerprint fingerprint;

    LuceneIndex(LuceneIndexes indexes, UUID collectionId, Fingerprint fingerprint) {
        this.indexes = indexes;
        this.collectionId = collectionId;
        this.fingerprint = fingerprint;
    }

    /**
     * Everything up to here is visible. After a crash it is an earlier place than before.
     *
     * <p>Empty where the index has to be {@linkplain #rebuild() built}: for the first time, or again because it cannot be read or was built
     * for another language. In the last case it still answers searches, in its old language.
     */
    public Uni<Optional<Position>> position() {
        return indexes.changes().run(() -> indexes.use(collectionId, this::positionOf));
    }

    private Optional<Position> positionOf(@Nullable Generation generation) {
        return generation != null && generation.fingerprint().equals(fingerprint)
                ? generation.position()
                : Optional.empty();
    }

    /**
     * Replaces and deletes documents, and completes when searches see it. Doing it twice is doing it once. One call at a time.
     *
     * <p>Fails with {@link IllegalStateException} where {@link #position()} is empty.
     *
     * @param saved as their rows are now, each document once
     * @param gone documents that no longer exist, whether they were ever here or not
     * @param reached what is visible from now on
     */
    public Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone, Position reached) {
        return indexes.changes()
                .run(() -> indexes.use(collectionId, generation -> {
                    built(generation).apply(saved, gone, reached);
                    return reached;
                }))
                .replaceWithVoid();
    }

    private Generation built(@Nullable Generation generation) {
        if (generation == null || positionOf(generation).isEmpty()) {
            throw new IllegalStateException("The index of collection " + collectionId + " has to be built first.");
        }
        return generation;
    }

    /** Candidates from one state of the index; none, as of sequence 0, where it was never built. */
    public Uni<Candidates> search(CandidateQuery query) {
        return indexes.searches()
                .run(() -> indexes.use(
                        collectionId, generation -> generation == null ? NOTHING : generation.search(query)));
    }

    /** How much is visible. */
    public Uni<IndexSize> size() {
        return indexes.searches()
                .run(() -> indexes.use(
                        collectionId, generation -> generation == null ? IndexSize.EMPTY : generation.size()));
    }

    /** Begins an empty index beside this one, to be filled and {@linkplain LuceneRebuild#swapIn swapped in}. */
    public Uni<LuceneRebuild> rebuild() {
        return indexes.changes().run(() -> {
            IndexSlot slot = indexes.slot(collectionId);
            return new LuceneRebuild(indexes, slot, slot.begin(fingerprint));
        });
    }
}
