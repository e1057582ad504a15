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
 * The index of one collection. Holds nothing open: take a new one whenever the collection may have changed.
 *
 * <p>Everything here fails with {@link Refusal.Unavailable} when too much work waits, the service stops, or what the index is kept on
 * fails. Searches go on from what they saw last for as long as the engine can.
 */
public interface Index {

    /**
     * Everything up to here is visible. After a crash it may be an earlier place than before.
     *
     * <p>Empty where the index has to be {@linkplain #rebuild() built}: for the first time, or again because it cannot be read or was built
     * for another {@link Shape}. In the last case it still answers searches, as it was built.
     */
    Uni<Optional<Position>> position();

    /** How the index fares, and what searches see. */
    Uni<IndexStatus> status();

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
    Uni<Boolean> apply(List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached);

    /**
     * Which documents searches see, and in which state: the next ones behind {@code after}, in the order of {@link Stamp#ORDER}, all from
     * one state of the index.
     *
     * @param after null begins
     */
    Uni<List<Stamp>> stamps(@Nullable UUID after, int limit);

    /** In which state searches see these documents; those that they don't see are missing from the map. */
    Uni<Map<UUID, Long>> stamps(Set<UUID> documentIds);

    /** What may answer the query; nothing, as of sequence 0, where the index was never built. */
    Uni<Candidates> search(CandidateQuery query);

    /** How much is visible. */
    Uni<IndexSize> size();

    /** Begins an empty index beside this one, to be filled and {@linkplain IndexBuild#swapIn swapped in}. */
    Uni<IndexBuild> rebuild();
}
