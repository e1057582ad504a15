package dev.tandem.index.lucene;

import dev.tandem.index.lucene.store.Generation;
import dev.tandem.index.lucene.store.IndexSlot;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Candidates;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexHealth;
import dev.tandem.index.IndexSize;
import dev.tandem.index.IndexStatus;
import dev.tandem.index.Stamp;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The index of one collection. Holds nothing open: take a new one whenever the collection may have changed.
 *
 * <p>Everything here fails with {@link Refusal.Unavailable} when too much work waits, the service stops, the disk fails, or another process
 * uses the same folder. When the disk fails under an index that is open, searches go on from what they saw last.
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
        return indexes.changes().run(() -> indexes.change(collectionId, this::positionOf));
    }

    /** How the index fares, and what searches see. */
    public Uni<IndexStatus> status() {
        return indexes.changes().run(() -> {
            Optional<Position> shown = shown();
            IndexHealth built = shown.isPresent() ? IndexHealth.OK : IndexHealth.BUILDING;
            return new IndexStatus(indexes.trouble(collectionId).isPresent() ? IndexHealth.DEGRADED : built, shown);
        });
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
        return generation != null && generation.fingerprint().equals(fingerprint)
                ? generation.position()
                : Optional.empty();
    }

    /**
     * Replaces and deletes documents whose rows were read while the index stood at a position, and completes when searches see it. If the
     * index stands elsewhere by now, nothing is done and the answer is false: what was read might be older than what the index has, or what
     * lies between might be missed. So changes may be delivered twice and in any order.
     *
     * <p>Fails with {@link IllegalStateException} where {@link #position()} is empty.
     *
     * @param saved as their rows are, each document once
     * @param gone documents that no longer exist, whether they were ever here or not
     * @param from the position, read before the rows
     * @param reached what is visible from now on; the same position for changes out of turn
     */
    public Uni<Boolean> apply(List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached) {
        return indexes.changes()
                .run(() -> indexes.change(
                        collectionId, generation -> built(generation).apply(saved, gone, from, reached)));
    }

    /**
     * Which documents searches see, and in which state: the next ones behind {@code after}, in the order of {@link Stamp#ORDER}, all from
     * one state of the index.
     *
     * @param after null begins
     */
    public Uni<List<Stamp>> stamps(@Nullable UUID after, int limit) {
        return indexes.changes()
                .run(() -> indexes.read(
                        collectionId, generation -> generation == null ? List.of() : generation.stamps(after, limit)));
    }

    /** In which state searches see these documents; those that they don't see are missing from the map. */
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

    /** Candidates from one state of the index; none, as of sequence 0, where it was never built. */
    public Uni<Candidates> search(CandidateQuery query) {
        return indexes.searches()
                .run(() -> indexes.read(
                        collectionId, generation -> generation == null ? NOTHING : generation.search(query)));
    }

    /** How much is visible. */
    public Uni<IndexSize> size() {
        return indexes.searches()
                .run(() -> indexes.read(
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
