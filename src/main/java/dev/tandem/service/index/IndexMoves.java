package dev.tandem.service.index;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.VectorSets;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.IndexConfig;
import dev.tandem.index.parts.Engines;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The steps of a collection's move from one engine to another, each a change of its settings. Those that change or append need a transaction. */
@Singleton
public class IndexMoves {

    private final CollectionRepository collections;
    private final ChangeRepository changes;
    private final Engines engines;
    private final IndexConfig config;
    private final Clock clock;

    IndexMoves(
            CollectionRepository collections,
            ChangeRepository changes,
            Engines engines,
            IndexConfig config,
            Clock clock) {
        this.collections = collections;
        this.changes = changes;
        this.engines = engines;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Checks that the collection can be moved to the engine. While a move is under way, it can only go on or back: a third engine would find
     * neither of the two complete.
     *
     * @throws Refusal.Rejected if this service does not have the engine
     * @throws Refusal.Conflict if another move is under way
     */
    public void require(Collection collection, String engine) {
        if (engines.find(engine).isEmpty()) {
            throw new Refusal.Rejected(
                    "/engine", "collection.engine", "The engines here are " + String.join(", ", engines.names()) + ".");
        }
        IndexSettings index = collection.settings().index();
        VectorSets vectors = collection.settings().vectors();
        if (vectors.beside() != null && !index.engine().equals(engine)) {
            throw new Refusal.Conflict(
                    "collection.moving",
                    vectors.isMoving()
                            ? "The collection is on its way to another embedding model. Its index can be moved when it has arrived."
                            : "The vectors of the former embedding model are still kept. The index can be moved when they have gone.");
        }
        if (index.isMoving() && !index.uses(engine)) {
            throw new Refusal.Conflict(
                    "collection.moving",
                    "The index is on its way from " + index.former() + " to " + index.engine()
                            + ". It can be moved back now, or on when it has arrived.");
        }
    }

    /**
     * Checks, before the move's transaction, that the engine can hold the collection's vectors. An engine that this service does not have is
     * the concern of {@link #require}. Fails with {@link Refusal.Rejected}.
     */
    public Uni<Void> requireFitting(Collection collection, String engine) {
        return engines.find(engine)
                .map(indexes -> indexes.requireFitting(collection))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** The move begins: the new engine follows the rows, and searches use the former one. Returns the sequence that the new one has to show. */
    public Uni<Long> begin(Collection collection, String engine) {
        IndexSettings index = collection.settings().index();
        // Of two equal requests at the same time, the second finds that it has begun.
        Uni<Void> switched = index.engine().equals(engine)
                ? Uni.createFrom().voidItem()
                : replace(collection, index.movedTo(engine));
        return switched.chain(() -> look(collection));
    }

    /** Makes every replica look at the collection again, by a change of no document. Returns its sequence. */
    public Uni<Long> look(Collection collection) {
        return changes.append(collection.id(), List.of(collection.id()), ChangeKind.DELETED);
    }

    /** The new engine has caught up. The former one is kept for a while. */
    public Uni<Void> arrive(Collection collection) {
        Instant until = clock.instant().plus(config.formerKept());
        return replace(collection, collection.settings().index().arrived(until));
    }

    /** Lets go of the former engine if its time is over. */
    public Uni<Void> end(Collection collection) {
        IndexSettings index = collection.settings().index();
        return index.isFormerOver(clock.instant())
                ? replace(collection, IndexSettings.in(index.engine()))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> replace(Collection collection, IndexSettings index) {
        return collections.replace(collection.withIndex(index, clock.instant())).replaceWithVoid();
    }
}
