package dev.tandem.service.index;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogSlice;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.index.Index;
import dev.tandem.index.IndexEntry;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.service.index.IndexingService.Followed;
import dev.tandem.service.index.LogFollower.End.State;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log from a position on and applies it to a part of an index, batch by batch. */
@Singleton
class LogFollower {

    private static final int BATCH = 500;

    private final UnitOfWork unitOfWork;
    private final ChangeRepository changes;
    private final IndexRows rows;
    private final Visibility visibility;

    LogFollower(UnitOfWork unitOfWork, ChangeRepository changes, IndexRows rows, Visibility visibility) {
        this.unitOfWork = unitOfWork;
        this.changes = changes;
        this.rows = rows;
        this.visibility = visibility;
    }

    /**
     * How following ended.
     *
     * @param position that the part has reached
     */
    record End(State state, Position position) {

        enum State {
            /** The part shows the settled end of the log. */
            REACHED,
            /** The part has another position: a build has replaced it, a failing disk has reset it, or another replica has it. */
            AFRESH,
            /** The part has to be built from the rows. */
            BUILD
        }
    }

    /** The progress of following the log. */
    private static final class Place {
        private Position position;

        Place(Position from) {
            position = from;
        }
    }

    /**
     * This is a loop and not a chain in which each step adds the next one. A chain would keep everything that it has read until the last
     * step ends.
     */
    Uni<End> follow(Followed followed, Position from) {
        Place place = new Place(from);
        return Multi.createBy()
                .repeating()
                .uni(() -> place, reached -> followBatch(followed, reached))
                .whilst(Optional::isEmpty)
                .collect()
                .last()
                .map(state -> new End(state.orElse(State.REACHED), place.position));
    }

    /** Empty if another batch follows. */
    private Uni<Optional<State>> followBatch(Followed followed, Place place) {
        return unitOfWork.read(() -> next(followed, place.position, BATCH)).chain(batch -> {
            if (batch == null) {
                return Uni.createFrom().item(Optional.of(State.BUILD));
            }
            return apply(followed.index(), place.position, batch).<Optional<State>>map(isApplied -> {
                if (!isApplied) {
                    return Optional.of(State.AFRESH);
                }
                visibility.reached(followed.part(), batch.reached);
                place.position = batch.reached;
                return batch.isLast ? Optional.of(State.REACHED) : Optional.<State>empty();
            });
        });
    }

    private static Uni<Boolean> apply(Index index, Position before, Batch batch) {
        return batch.reached.equals(before)
                ? Uni.createFrom().item(true)
                : index.apply(batch.entries, batch.gone, before, batch.reached);
    }

    /** The next batch; null if the index must be rebuilt, because the log says so or doesn't continue from the position. */
    private Uni<@Nullable Batch> next(Followed followed, Position position, int limit) {
        return changes.after(followed.part().collectionId(), position, limit).chain(slice -> {
            if (!slice.isConnected()) {
                // The numbers of this log have another meaning: those that are known to be visible belong to another
                // log.
                visibility.forget(followed.part());
            }
            boolean isBuilding = !slice.isConnected()
                    || slice.changes().stream().anyMatch(change -> change.kind() == ChangeKind.REBUILD);
            return isBuilding
                    ? Uni.createFrom().nullItem()
                    : rows.fitting(slice.changes().stream()
                                    .map(Change::documentId)
                                    .toList())
                            .chain(fitting -> fitting < slice.changes().size()
                                    ? next(followed, position, fitting)
                                    : batch(followed.set(), slice));
        });
    }

    /** The rows are read after the log, so they are never older than the position claims. */
    private Uni<Batch> batch(VectorSet set, LogSlice slice) {
        Set<UUID> ids = new LinkedHashSet<>();
        slice.changes().forEach(change -> ids.add(change.documentId()));
        return rows.entries(set, ids).map(entries -> {
            Set<UUID> gone = new HashSet<>(ids);
            entries.forEach(entry -> gone.remove(entry.document().id()));
            return new Batch(entries, gone, slice.reached(), slice.isAll());
        });
    }

    private record Batch(List<IndexEntry> entries, Set<UUID> gone, Position reached, boolean isLast) {}
}
