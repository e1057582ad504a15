package dev.tandem.service.maintenance;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.VectorSets;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Embedders;
import dev.tandem.embedding.EmbeddingConfig;
import dev.tandem.factory.collection.CollectionFactory;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.VectorSetRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a collection's move from one embedding model to another, each a change of its settings. All of them need a transaction that
 * has locked the collection.
 *
 * <p>Each step adds a change of no document to the log, so that every replica looks at the collection again.
 */
@Singleton
class ModelMoves {

    /**
     * How long to wait for a moment at which no document has its old vectors, but not its new ones. While much is written, there may never
     * be one.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CollectionRepository collections;
    private final VectorSetRepository sets;
    private final ChangeRepository changes;
    private final CollectionFactory factory;
    private final Embedders embedders;
    private final EmbeddingConfig config;
    private final Clock clock;

    ModelMoves(
            CollectionRepository collections,
            VectorSetRepository sets,
            ChangeRepository changes,
            CollectionFactory factory,
            Embedders embedders,
            EmbeddingConfig config,
            Clock clock) {
        this.collections = collections;
        this.sets = sets;
        this.changes = changes;
        this.factory = factory;
        this.embedders = embedders;
        this.config = config;
        this.clock = clock;
    }

    /**
     * How the vectors of a collection are made after a move.
     *
     * @param model null for the one that the collection has
     * @param metric null for the one that it has with the model
     * @throws Refusal.Rejected if this service does not have the model
     */
    EmbeddingSettings wanted(Collection collection, @Nullable String model, @Nullable String metric) {
        String name = model == null ? collection.embedding().model() : model;
        return factory.moved(collection, name, metric, embedders.models());
    }

    /**
     * Turns a collection towards a model: begins a move, takes one back that is under way, or undoes the last one. Does nothing if the
     * collection is, or will be, where it should.
     *
     * @throws Refusal.Conflict if a move to a third model or to another engine is under way
     */
    Uni<Void> turn(Collection collection, EmbeddingSettings wanted) {
        VectorSets vectors = collection.settings().vectors();
        VectorSet next = vectors.next();
        VectorSet former = vectors.former();
        if (collection.embedding().equals(wanted)) {
            return next == null ? Uni.createFrom().voidItem() : dropSetBeside(collection);
        }
        if (next != null && next.embedding().equals(wanted)) {
            return Uni.createFrom().voidItem();
        }
        if (former != null && former.embedding().equals(wanted)) {
            return arrive(collection);
        }
        require(collection, next);
        Uni<Void> dropped = former == null ? Uni.createFrom().voidItem() : sets.drop(collection.id(), former);
        return dropped.chain(() -> replace(collection.toward(wanted, clock.instant())));
    }

    private static void require(Collection collection, @Nullable VectorSet next) {
        if (next != null) {
            throw new Refusal.Conflict(
                    "collection.moving",
                    "The vectors are on their way from "
                            + collection.embedding().model() + " to "
                            + next.embedding().model()
                            + ". The move can be taken back now, or another one can begin when it has ended.");
        }
        if (collection.settings().index().isMoving()) {
            throw new Refusal.Conflict(
                    "collection.moving",
                    "The index is on its way to another engine. The collection can move to another model when it has arrived.");
        }
    }

    /** All vectors of the next set are made, at a time. An index of it has them when it shows the sequence. */
    record Made(long sequence, Instant at) {}

    /** Notes that all vectors of the next set are made. */
    Uni<Made> made(Collection collection) {
        return look(collection).map(sequence -> new Made(sequence, clock.instant()));
    }

    /**
     * From now on searches use the next set, unless a document would be without vectors for a moment and there may be a better one.
     *
     * @param made when all vectors were made
     * @return whether searches use it
     */
    Uni<Boolean> arrive(Collection collection, VectorSet next, Instant made) {
        if (!next.equals(collection.settings().vectors().next())) {
            return Uni.createFrom().item(false);
        }
        return sets.isLagging(collection.id(), next, collection.searched()).chain(isLagging -> {
            boolean isOver = !clock.instant().isBefore(made.plus(PATIENCE));
            return isLagging && !isOver
                    ? Uni.createFrom().item(false)
                    : arrive(collection).replaceWith(true);
        });
    }

    /** From now on searches use the set beside. The other one is kept in step for a while. */
    private Uni<Void> arrive(Collection collection) {
        Instant now = clock.instant();
        return look(collection)
                .chain(sequence ->
                        collections.replace(collection.switched(sequence, now.plus(config.formerKept()), now)));
    }

    /** Lets go of the former set if its time is over. */
    Uni<Void> end(Collection collection) {
        return collection.settings().vectors().isFormerOver(clock.instant())
                ? dropSetBeside(collection)
                : Uni.createFrom().voidItem();
    }

    private Uni<Long> look(Collection collection) {
        return changes.append(collection.id(), List.of(collection.id()), ChangeKind.DELETED);
    }

    private Uni<Void> dropSetBeside(Collection collection) {
        VectorSet beside = collection.sets().getLast();
        return sets.drop(collection.id(), beside).chain(() -> replace(collection.withoutSetBeside(clock.instant())));
    }

    private Uni<Void> replace(Collection changed) {
        return collections.replace(changed).chain(() -> look(changed)).replaceWithVoid();
    }
}
