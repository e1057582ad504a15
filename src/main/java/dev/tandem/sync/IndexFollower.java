package dev.tandem.sync;

import static java.util.stream.Collectors.toSet;

import dev.tandem.domain.change.Position;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.index.ChangeLog;
import dev.tandem.service.index.IndexProgress;
import dev.tandem.service.index.IndexSweep;
import dev.tandem.service.index.IndexingService;
import dev.tandem.work.Spans;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets this replica's indexes follow the change log. Every replica follows independently. An index that fails does not delay the others and
 * is tried again.
 */
@ApplicationScoped
@Priority(60)
public class IndexFollower implements Background {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChangeLog log;
    private final IndexingService indexing;
    private final IndexSweep indexSweep;
    private final IndexProgress progress;
    private final Duration retention;
    private final Loop follow;
    private final Loop sweep;

    private final CatchUps catchUps;

    /** Collections that this replica follows; the next sweep finds one that another replica has created. */
    private final Set<UUID> followed = ConcurrentHashMap.newKeySet();

    /** How far this replica has read the news of the log. Null before the first look, and after the log turned out to be another one. */
    private volatile @Nullable Position heard;

    IndexFollower(
            ChangeLog log,
            IndexingService indexing,
            IndexSweep indexSweep,
            IndexProgress progress,
            SyncConfig config,
            Spans spans,
            Vertx vertx) {
        this.log = log;
        this.indexing = indexing;
        this.indexSweep = indexSweep;
        this.progress = progress;
        this.retention = config.changeRetention();
        this.follow =
                new Loop("Following the change log", vertx, this::round, config.fastestPoll(), config.slowestPoll());
        this.catchUps = new CatchUps(
                vertx,
                part -> spans.alone(
                        "follow",
                        Map.of(
                                "engine",
                                part.engine(),
                                "collection",
                                part.collectionId().toString()),
                        indexing.catchUp(part)),
                progress,
                follow::poke);
        this.sweep = new Loop("Sweeping indexes", vertx, this::sweepRound, config.sweep(), config.sweep());
    }

    @Override
    public void start() {
        follow.poke();
    }

    @Override
    public void stop() {
        follow.stop(PATIENCE);
        sweep.stop(PATIENCE);
        catchUps.stop(PATIENCE);
    }

    void rowsChanged(@Observes RowsChanged event) {
        // The change may not be settled in the log yet. Noting it here creates the index of a new collection without
        // waiting for that.
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
        catchUps.add(indexing.parts(collectionIds));
    }

    /** The first look covers all collections, because any of them may have changed while this replica was stopped. */
    private Uni<Void> lookEverywhere() {
        return log.end()
                .chain(end -> indexSweep
                        .sweep()
                        .invoke(this::noteBehind)
                        .invoke(existing -> progress.began(indexing.parts(existing)))
                        .invoke(() -> heard = end)
                        .invoke(sweep::poke))
                .replaceWithVoid();
    }

    private Uni<Void> lookForNews(Position from) {
        return log.news(from)
                .invoke(news -> noteBehind(news.collections()))
                .invoke(() -> catchUps.add(indexing.awaited()))
                .invoke(news -> heard = news.isConnected() ? news.reached() : null)
                .replaceWithVoid();
    }

    private Uni<Boolean> sweepRound() {
        return indexSweep
                .sweep()
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
