package dev.tandem.index.shared;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client of an engine that all replicas share. It knows stores and their documents only. Leases, positions and which store searches use are
 * the concern of {@link SharedIndexes}.
 *
 * <p>No method blocks its caller. Every method fails with {@link Refusal.Unavailable} if the engine is away, busy, refuses for now, or does
 * not answer in time, and with {@link StoreGone} if the store does not exist, unless it says otherwise. It does not repeat a request that
 * failed: the follower does, after growing pauses. Items come back on the context of the caller.
 */
public interface SharedEngine {

    /** The engine's name and abilities. */
    Engine engine();

    /**
     * Makes the engine ready, when the service starts. Fails with {@link IllegalStateException}, whose message says what an operator has to
     * do, if the engine cannot be used as it is.
     */
    default Uni<Void> prepare() {
        return Uni.createFrom().voidItem();
    }

    /**
     * Checks that a store of this shape can be made. Fails with {@link Refusal.Rejected}, as {@code engine.unfit}, if it cannot; the message
     * says what the engine can hold.
     */
    default Uni<Void> requireFitting(Shape shape) {
        return Uni.createFrom().voidItem();
    }

    /** Makes an empty store. Does nothing if it exists. */
    Uni<Void> create(Store store);

    /** Deletes a store, whether it exists or not. Running searches may fail with {@link StoreGone}. */
    default Uni<Void> drop(Store store) {
        return drop(store.name());
    }

    /** The names of all stores that Tandem has made in this engine and not dropped, as far as they begin with a collection's id. */
    Uni<Set<String>> stores();

    /** Deletes a store by its {@linkplain Store#name() name}, whether it exists or not. */
    Uni<Void> drop(String name);

    /**
     * Replaces and deletes documents, each with all of its chunks, and completes when searches see it. A document of which half was written
     * when the engine failed is whole again when the same is written again.
     *
     * @param version a write changes nothing of what a write with a higher version has said about a document; equal or higher ones win
     * @param saved the documents as in their rows, each one once; those without chunks too
     * @param gone documents that no longer exist, whether the store ever had them or not
     */
    Uni<Void> write(Store store, long version, List<IndexEntry> saved, Set<UUID> gone);

    /**
     * The greatest fence of a claim under which something was written to the store; 0 if nothing was. It is durable no later than what was
     * written.
     */
    Uni<Long> newestFence(Store store);

    /** The candidates for a query. */
    Uni<Found> search(Store store, CandidateQuery query);

    /** The documents that searches see, with their stamps: the next ones after {@code after}, in the order of {@link Stamp#ORDER}. */
    Uni<List<Stamp>> stamps(Store store, @Nullable UUID after, int limit);

    /** The stamps of these documents; a document that searches do not see is missing from the map. */
    Uni<Map<UUID, Long>> stamps(Store store, Set<UUID> documentIds);

    /** How much is visible. */
    Uni<IndexSize> size(Store store);

    /** Ends all connections. */
    void close();
}
