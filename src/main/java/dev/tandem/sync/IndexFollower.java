package dev.tandem.sync;

import static java.util.stream.Collectors.toSet;

import dev.tandem.domain.change.Position;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.index.ChangeLog;
import dev.tandem.service.index.IndexProgress;
import dev.tandem.service.index.IndexingService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this replica's indexes behind the change log. Every replica follows for itself; an index that fails holds up no other and is tried
 * again.
 */
@ApplicationScoped
public class IndexFollower {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChangeLog log;
    private final IndexingService indexing;
    private final IndexProgress progress;
    private final Duration retention;
    private final Loop follow;
    private final Loop sweep;

    private final CatchUps catchUps;

    /** Collections whose index has been looked after; a new one elsewhere is found by the next sweep. */
    private final Set<UUID> followed = ConcurrentHashMap.newKeySet();

    /** How far the news of the log are known; null where nobody has looked yet, or the log turned out to be another one. */
    private volatile @Nullable Position heard;

    IndexFollower(ChangeLog log, IndexingService indexing, IndexProgress progress, SyncConfig config, Vertx vertx) {
        this.log = log;
        this.indexing = indexing;
        this.progress = progress;
        this.retention = config.changeRetention();
        this.follow =
                new Loop("Following the change log", vertx, this::round, config.fastestPoll(), config.slowestPoll());
        this.catchUps = new CatchUps(vertx, indexing::catchUp, progress, follow::poke);
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
        Position from = heard;
        Uni<Void> look = from == null ? lookEverywhere() : lookForNews(from);
        return look.invoke(progress::looked).map(ignored -> catchUps.begin());
    }

    private void noteBehind(Set<UUID> collectionIds) {
        followed.addAll(collectionIds);
        catchUps.add(collectionIds);
    }

    /** The first look is at all collections: any of them may have changed while nobody was looking. */
    private Uni<Void> lookEverywhere() {
        return log.end()
                .chain(end -> indexing.sweep()
                        .invoke(this::noteBehind)
                        .invoke(progress::began)
                        .invoke(() -> heard = end)
                        .invoke(sweep::poke))
                .replaceWithVoid();
    }

    private Uni<Void> lookForNews(Position from) {
        return log.news(from)
                .invoke(news -> noteBehind(news.collections()))
                .invoke(() -> noteBehind(indexing.awaited()))
                .invoke(news -> heard = news.isConnected() ? news.reached() : null)
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
                .chain(() -> log.prune(retention))
                .replaceWith(false);
    }
}
