package dev.tandem.service.index;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Cursor;
import dev.tandem.index.shared.Cursors;
import dev.tandem.index.shared.Store;
import dev.tandem.repository.CursorRepository;
import dev.tandem.repository.CursorRepository.Lease;
import dev.tandem.repository.CursorRepository.Name;
import dev.tandem.repository.CursorRepository.Standing;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The cursors of one engine's indexes, each change of them in a transaction of its own. */
public final class LeasedCursors implements Cursors {

    private static final String SPACE = " ";

    private final UnitOfWork unitOfWork;
    private final CursorRepository cursors;
    private final String engine;
    private final String holder;
    private final Duration lease;

    /**
     * @param holder a name that no other process has
     * @param lease how long a claim lasts without renewal
     */
    public LeasedCursors(
            UnitOfWork unitOfWork, CursorRepository cursors, String engine, String holder, Duration lease) {
        this.unitOfWork = unitOfWork;
        this.cursors = cursors;
        this.engine = engine;
        this.holder = holder;
        this.lease = lease;
    }

    @Override
    public Uni<Optional<Cursor>> find(UUID collectionId) {
        return unitOfWork
                .read(() -> cursors.find(name(collectionId)))
                .map(found -> found.map(standing -> cursor(collectionId, standing)));
    }

    @Override
    public Uni<Set<UUID>> collections() {
        return unitOfWork.read(() -> cursors.built(engine));
    }

    @Override
    public Uni<Optional<Claim>> claim(UUID collectionId, long newest) {
        return Uni.createFrom().deferred(() -> {
            // The lease begins later, in PostgreSQL, so that it ends no sooner than this says.
            Instant from = Instant.now();
            return unitOfWork
                    .write(() -> cursors.claim(name(collectionId), holder, lease, newest))
                    .map(taken -> taken.map(it -> Claim.of(
                            it.fence(), from, lease, it.standing().map(standing -> cursor(collectionId, standing)))));
        });
    }

    @Override
    public Uni<Boolean> advance(UUID collectionId, long fence, Position from, Position reached) {
        return unitOfWork.write(() -> cursors.advance(name(collectionId), lease(fence), from, reached));
    }

    @Override
    public Uni<Boolean> show(UUID collectionId, long fence, Cursor cursor) {
        return unitOfWork.write(() -> cursors.show(name(collectionId), lease(fence), standing(cursor)));
    }

    @Override
    public Uni<Void> release(UUID collectionId, long fence) {
        return unitOfWork.write(() -> cursors.release(name(collectionId), lease(fence)));
    }

    @Override
    public Uni<Void> delete(UUID collectionId) {
        return unitOfWork.write(() -> cursors.delete(name(collectionId)));
    }

    @Override
    public Uni<Void> renew(Set<UUID> collectionIds) {
        Set<Name> names = collectionIds.stream().map(this::name).collect(toUnmodifiableSet());
        return unitOfWork.write(() -> cursors.renew(names, holder, lease));
    }

    private static Standing standing(Cursor cursor) {
        Shape shape = cursor.store().shape();
        String text = String.join(
                SPACE, shape.language().name(), shape.metric().name(), Integer.toString(shape.dimensions()));
        return new Standing(cursor.store().build(), text, cursor.position());
    }

    private static Cursor cursor(UUID collectionId, Standing standing) {
        String[] parts = standing.shape().split(SPACE, -1);
        Shape shape = new Shape(Language.valueOf(parts[0]), Metric.valueOf(parts[1]), Integer.parseInt(parts[2]));
        return new Cursor(new Store(collectionId, standing.build(), shape), standing.position());
    }

    private Name name(UUID collectionId) {
        return new Name(engine, collectionId);
    }

    private Lease lease(long fence) {
        return new Lease(holder, fence, lease);
    }
}
