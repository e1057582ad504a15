package dev.tandem.index;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Candidates;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The index of one collection. It holds nothing open: get a new one whenever the collection may have changed.
 *
 * <p>Every method fails with {@link Refusal.Unavailable} when too much work waits, the service stops, or the storage of the index fails.
 * While the storage fails, searches see the last visible state for as long as the engine can provide it.
 */
public interface Index {

    /**
     * Everything up to this position is visible. After a crash it may be further back than before.
     *
     * <p>Empty if the index has to be {@linkplain #rebuild() built}: for the first time, or again because it cannot be read or was built
     * for another {@link Shape}. In the last case it still answers searches, as it was built.
     */
    Uni<Optional<Position>> position();

    /** The health of the index, and what searches see. */
    Uni<IndexStatus> status();

    /**
     * Replaces and deletes documents whose rows were read while the index was at a position, and completes when searches see the changes.
     * If the index is at another position by now, this does nothing and answers false: the rows might be older than those in the index, or
     * changes in between might be missed. So changes may be delivered twice and in any order.
     *
     * <p>Fails with {@link IllegalStateException} if {@link #position()} is empty.
     *
     * @param saved the documents as in their rows, each one once
     * @param gone documents that no longer exist, whether the index ever had them or not
     * @param from the position, read before the rows
     * @param reached the position that is visible afterwards; equal to {@code from} for changes out of turn
     */
    Uni<Boolean> apply(List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached);

    /**
     * The documents that searches see, with their states: the next ones after {@code after}, in the order of {@link Stamp#ORDER}, all from
     * one state of the index.
     *
     * @param after null for the beginning
     */
    Uni<List<Stamp>> stamps(@Nullable UUID after, int limit);

    /** The states in which searches see these documents; a document that they do not see is missing from the map. */
    Uni<Map<UUID, Long>> stamps(Set<UUID> documentIds);

    /** The candidates for a query; none, with sequence 0, if the index was never built. */
    Uni<Candidates> search(CandidateQuery query);

    /** How much is visible. */
    Uni<IndexSize> size();

    /**
     * Whether this replica may change the index now. An index of its own it always may. An index that all replicas share is claimed, for a
     * time, unless another replica holds it; the other one follows the rows meanwhile.
     */
    default Uni<Boolean> claim() {
        return Uni.createFrom().item(true);
    }

    /** Ends what {@link #claim} began, so that another replica can follow at once. */
    default Uni<Void> release() {
        return Uni.createFrom().voidItem();
    }

    /** Starts an empty index beside this one, to be filled and {@linkplain IndexBuild#swapIn swapped in}. */
    Uni<IndexBuild> rebuild();
}
