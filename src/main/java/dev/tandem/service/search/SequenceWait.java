package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.service.index.ChangeLog;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.index.VectorVisibility;
import dev.tandem.service.search.SearchTimes.Stage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Lets a search wait until the index on this replica shows the requested sequence. */
@Singleton
public class SequenceWait {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IndexingService indexing;
    private final ChangeLog log;
    private final VectorVisibility vectors;
    private final SearchConfig config;
    private final SearchTimes times;

    SequenceWait(
            IndexingService indexing, ChangeLog log, VectorVisibility vectors, SearchConfig config, SearchTimes times) {
        this.indexing = indexing;
        this.log = log;
        this.vectors = vectors;
        this.config = config;
        this.times = times;
    }

    /**
     * Waits for the keywords and, if the search uses vectors of a model, also for these. Fails with {@link Refusal.Unavailable} if they are
     * not visible in time, and at once with {@link Refusal.Conflict} if they can't be.
     */
    public Uni<Void> of(Collection owner, SearchQuery query) {
        return query.minSequence() == 0 ? Uni.createFrom().voidItem() : times.of(Stage.SEQUENCE, shown(owner, query));
    }

    private Uni<Void> shown(Collection owner, SearchQuery query) {
        boolean needsVectors = query.mode().usesVectors() && owner.embedding().hasModel();
        Duration atMost = config.sequenceTimeout();
        long end = System.nanoTime() + atMost.toNanos();
        return indexing.awaitVisible(owner.id(), query.minSequence(), Duration.ZERO)
                .chain(isShown -> isShown ? Uni.createFrom().voidItem() : log.require(query.minSequence()))
                .chain(() -> indexing.awaitVisible(owner.id(), query.minSequence(), atMost))
                .invoke(words -> require(words, false))
                .chain(() -> needsVectors
                        ? vectors.await(owner.id(), query.minSequence(), Duration.ofNanos(end - System.nanoTime()))
                        : Uni.createFrom().item(true))
                .invoke(isShown -> require(isShown, needsVectors))
                .replaceWithVoid();
    }

    private static void require(boolean isShown, boolean needsVectors) {
        if (!isShown) {
            throw behind(needsVectors);
        }
    }

    private static Refusal behind(boolean needsVectors) {
        return needsVectors
                ? new Refusal.Unavailable(
                        "embedding.behind",
                        "Not all vectors up to the requested sequence are visible yet. Try again, or use mode keyword.",
                        RETRY_AFTER)
                : new Refusal.Unavailable(
                        "index.behind",
                        "The index has not reached the requested sequence yet. Try again.",
                        RETRY_AFTER);
    }
}
