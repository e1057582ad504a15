package dev.tandem.sync;

import dev.tandem.service.IndexingService;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Keeps this replica's indexes behind the change log. Every replica follows for itself; an index that fails holds up no other and is tried
 * again.
 */
@ApplicationScoped
public class IndexFollower {

    private static final Logger LOG = Logger.getLogger(IndexFollower.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 2;
    private static final long NOWHERE = -1;

    private final IndexingService indexing;
    private final Duration retention;
    private final Loop follow;
    private final Loop sweep;

    /** Collections with changes that their index may not show yet. */
    private final Set<UUID> behind = ConcurrentHashMap.newKeySet();

    /** Collections whose index has been looked after; a new one elsewhere is found by the next sweep. */
    private final Set<UUID> followed = ConcurrentHashMap.newKeySet();

    private volatile long horizon = NOWHERE;

    IndexFollower(IndexingService indexing, SyncConfig config, Vertx vertx) {
        this.indexing = indexing;
        this.retention = config.changeRetention();
        this.follow =
                new Loop("Following the change log", vertx, this::round, config.fastestPoll(), config.slowestPoll());
        this.sweep = new Loop("Sweeping indexes", vertx, this::sweepRound, config.sweep(), config.sweep());
    }

    public void start() {
        follow.poke();
    }

    public void stop() {
        follow.stop(PATIENCE);
        sweep.stop(PATIENCE);
    }

    void rowsChanged(@Observes RowsChanged event) {
        // Even if its transaction has not settled in the log yet: a new collection gets its index so.
        behind.add(event.collectionId());
        follow.poke();
    }

    private Uni<Boolean> round() {
        Uni<Void> look = horizon == NOWHERE ? lookEverywhere() : lookForNews();
        return look.chain(() -> Multi.createFrom()
                        .iterable(Set.copyOf(behind))
                        .onItem()
                        .transformToUni(this::catchUp)
                        .merge(AT_ONCE)
                        .collect()
                        .asList())
                .map(done -> !done.isEmpty());
    }

    /** The first look is at all collections: any of them may have changed while nobody was looking. */
    private Uni<Void> lookEverywhere() {
        return indexing.news(Long.MAX_VALUE)
                .chain(news -> indexing.sweep()
                        .invoke(behind::addAll)
                        .invoke(() -> horizon = news.horizon())
                        .invoke(sweep::poke))
                .replaceWithVoid();
    }

    private Uni<Void> lookForNews() {
        return indexing.news(horizon)
                .invoke(news -> behind.addAll(news.collections()))
                .invoke(() -> behind.addAll(indexing.awaited()))
                .invoke(news -> horizon = news.horizon())
                .replaceWithVoid();
    }

    private Uni<UUID> catchUp(UUID collectionId) {
        behind.remove(collectionId);
        followed.add(collectionId);
        return indexing.catchUp(collectionId)
                .onFailure()
                .recoverWithUni(failure -> {
                    behind.add(collectionId);
                    LOG.warnf(failure, "The index of collection %s cannot follow and is tried again.", collectionId);
                    return Uni.createFrom().voidItem();
                })
                .replaceWith(collectionId);
    }

    private Uni<Boolean> sweepRound() {
        return indexing.sweep()
                .invoke(existing -> {
                    followed.retainAll(existing);
                    existing.stream().filter(id -> !followed.contains(id)).forEach(behind::add);
                })
                .chain(() -> indexing.prune(retention))
                .replaceWith(false);
    }
}
