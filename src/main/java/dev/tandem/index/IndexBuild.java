package dev.tandem.index;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/**
 * An index that is being built beside the one that searches use. It ends with {@link #swapIn} or {@link #discard}. What a crash leaves of a
 * build is deleted later.
 */
public interface IndexBuild {

    /**
     * Replaces and deletes documents; searches do not see this yet. Calls for different documents may run at the same time.
     *
     * <p>Fails with {@link CancellationException} after the build was discarded or the collection's index dropped, and with {@link
     * dev.tandem.domain.refusal.Refusal.Unavailable} if the storage of the index fails.
     */
    Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone);

    /**
     * Makes this the collection's index, durably. Running searches finish on the old index, which is then deleted. Fails as {@link
     * #apply(List, Set)} does.
     *
     * @param reached everything up to this position was applied
     */
    Uni<Void> swapIn(Position reached);

    /** Abandons the build; the old index stays. Does nothing after {@link #swapIn}. */
    Uni<Void> discard();
}
