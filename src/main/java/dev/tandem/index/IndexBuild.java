package dev.tandem.index;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/**
 * An index that is being built beside the one that is searched. It ends with {@link #swapIn} or {@link #discard}; what a crash leaves of
 * one is deleted later.
 */
public interface IndexBuild {

    /**
     * Replaces and deletes documents; searches don't see it yet. Calls for different documents may run at the same time.
     *
     * <p>Fails with {@link CancellationException} once the build was discarded or the collection's index dropped, and with
     * {@link dev.tandem.domain.refusal.Refusal.Unavailable} where what the index is kept on fails.
     */
    Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone);

    /**
     * Makes this the collection's index, durably. Searches that run end on the old one, which is then deleted. Fails as
     * {@link #apply(List, Set)} does.
     *
     * @param reached everything up to here was applied
     */
    Uni<Void> swapIn(Position reached);

    /** Gives up; the old index stays. Does nothing after {@link #swapIn}. */
    Uni<Void> discard();
}
