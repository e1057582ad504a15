package dev.tandem.sync;

import static java.util.stream.Collectors.toSet;

import dev.tandem.service.IndexingService;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps this replica's indexes behind the change log. Every replica follows for itself; an index that fails holds up no other and is tried
 * again.
 */
@ApplicationScoped
public class IndexFollower {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long NOWHERE = -1;

    private final IndexingService indexing;
    private final Duration retention;
    private final Loop follow;
    private final Loop sweep;

    private final CatchUps catchUps;

    /** Collections whose index has been looked after; a new one elsewhere is found by the next sweep. */
    private final Set<UUID> followed = ConcurrentHashMap.newKeySet();

    private volatile long horizon = NOWHERE;

    IndexFollower(IndexingService indexing, SyncConfig config, Vertx vertx) {
        this.indexing = indexing;
        this.retention = config.changeRetention();
        this.follow =
                new Loop("Following the change log", vertx, this::round, config.fastestPoll(), config.slowestPoll());
        this.catchUps = new CatchUps(vertx, indexing::catchUp, follow::poke);
        this.sweep = new Loop("Sweeping indexes", vertx, this::sweepRound, config.sweep(), config.sweep());
    }

    public void start() {
        follow.poke();
    }

    public void stop() {
        follow.stop(PATIENCE);
        sweep.stop(PATIENCE);
        catchUps.stop(PATIENCE);
    }

    void rowsChanged(@Observes RowsChanged event) {
        // Even if its transaction has not settled in the log yet: a new collection gets its index so.
        noteBehind(Set.of(event.collectionId()));
        follow.poke();
    }

    private Uni<Boolean> round() {
        Uni<Void> look = horizon == NOWHERE ? lookEverywhere() : lookForNews();
        return look.map(ignored -> catchUps.begin());
    }

    private void noteBehind(Set<UUID> collectionIds) {
        followed.addAll(collectionIds);
        catchUps.add(collectionIds);
    }

    /** The first look is at all collections: any of them may have changed while nobody was looking. */
    private Uni<Void> lookEverywhere() {
        return indexing.news(Long.MAX_VALUE)
                .chain(news -> indexing.sweep()
                        .invoke(this::noteBehind)
                        .invoke(() -> horizon = news.horizon())
                        .invoke(sweep::poke))
                .replaceWithVoid();
    }

    private Uni<Void> lookForNews() {
        return indexing.news(horizon)
                .invoke(news -> noteBehind(news.collections()))
                .invoke(() -> noteBehind(indexing.awaited()))
                .invoke(news -> horizon = news.horizon())
                .replaceWithVoid();
    }

    private Uni<Boolean> sweepRound() {
        return indexing.sweep()
                .invoke(existing -> {
                    followed.retainAll(existing);
                    noteBehind(existing.stream()
                            .filter(id -> !followed.contains(id))
                            .collect(toSet()));
                })
                .chain(() -> indexing.prune(retention))
                .replaceWith(false);
    }
}
