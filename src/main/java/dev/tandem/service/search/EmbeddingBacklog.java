package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.repository.EmbeddingBacklogRepository;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many documents of a collection wait for their vectors. The number is cached for a second, or until something is written to the
 * collection on this replica, so that searches do not count again and again.
 */
@ApplicationScoped
class EmbeddingBacklog {

    /** The count stops here. */
    static final int MOST = 1_000;

    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int LARGEST = 1_000;

    private final EmbeddingBacklogRepository backlog;
    private final Map<UUID, Count> counts = new ConcurrentHashMap<>();

    EmbeddingBacklog(EmbeddingBacklogRepository backlog) {
        this.backlog = backlog;
    }

    /** How many documents waited at a time, or {@link #ASKED} while searches that started then are counting. */
    private record Count(int waiting, long since) {

        private static final int ASKED = -1;

        static Count asked() {
            return new Count(ASKED, System.nanoTime());
        }

        boolean isAsked() {
            return waiting == ASKED;
        }

        boolean isFresh() {
            return !isAsked() && System.nanoTime() - since < KEPT_NANOS;
        }
    }

    /** How many documents wait, as {@link #of} says, if that is known without a session. */
    OptionalInt known(Collection collection) {
        if (!collection.embedding().hasModel()) {
            return OptionalInt.of(0);
        }
        Count kept = counts.get(collection.id());
        return kept != null && kept.isFresh() ? OptionalInt.of(kept.waiting) : OptionalInt.empty();
    }

    /** How many documents wait; {@link #MOST} + 1 if there are more. It needs a session. */
    Uni<Integer> of(Collection collection) {
        OptionalInt known = known(collection);
        if (known.isPresent()) {
            return Uni.createFrom().item(known.getAsInt());
        }
        makeRoom();
        Count asked = counts.compute(
                collection.id(), (id, present) -> present != null && present.isAsked() ? present : Count.asked());
        return backlog.waiting(collection, MOST + 1)
                // A write during the count has removed the entry, because the count may not include it.
                .invoke(waiting -> counts.replace(collection.id(), asked, new Count(waiting, System.nanoTime())));
    }

    void forget(@Observes RowsChanged changed) {
        counts.remove(changed.collectionId());
    }

    private void makeRoom() {
        if (counts.size() >= LARGEST) {
            counts.clear();
        }
    }
}
