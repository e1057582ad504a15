package dev.tandem.index.shared;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The cursors of one engine's indexes, and the leases on them. They are rows of PostgreSQL. */
public interface Cursors {

    /** Where the index stands; empty if it was never built. */
    Uni<Optional<Cursor>> find(UUID collectionId);

    /** The collections that have a cursor, built or claimed. */
    Uni<Set<UUID>> collections();

    /**
     * Claims the index for this replica, or renews its claim. Empty while another replica holds it.
     *
     * @param newest the greatest fence that this replica has heard of. If the cursor's is smaller, it has been put back to an earlier time
     *     than that of the store; its position is {@link Position#UNKNOWN} then
     */
    Uni<Optional<Claim>> claim(UUID collectionId, long newest);

    /** Moves the position and renews the claim. Answers false if the claim has ended or the position is another one. */
    Uni<Boolean> advance(UUID collectionId, long fence, Position from, Position reached);

    /** Lets searches use this store, and renews the claim. Answers false if the claim has ended. */
    Uni<Boolean> show(UUID collectionId, long fence, Cursor cursor);

    /** Renews claims of this replica that have not ended: they would end while a write takes long. */
    Uni<Void> renew(Set<UUID> collectionIds);

    /** Ends the claim, so that another replica can follow at once. */
    Uni<Void> release(UUID collectionId, long fence);

    /** Deletes the cursor and ends every claim on it. */
    Uni<Void> delete(UUID collectionId);
}
