package dev.tandem.service.index;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Difference;
import dev.tandem.domain.change.Difference.Kind;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.index.Index;
import dev.tandem.index.IndexHealth;
import dev.tandem.index.Indexes;
import dev.tandem.index.Stamp;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.StampRepository;
import dev.tandem.repository.StampRepository.Stamped;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a collection with this replica's index, in both directions, piece by piece in the order of ids. Both may change
 * during the comparison, so only confirmed differences are reported: see {@link #standing}.
 */
@Singleton
public class IndexCheck {

    private static final int LOOKS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final UnitOfWork unitOfWork;
    private final StampRepository stamps;
    private final DocumentRepository documents;
    private final IndexingService indexing;
    private final IndexProgress progress;
    private final Indexes indexes;

    IndexCheck(
            UnitOfWork unitOfWork,
            StampRepository stamps,
            DocumentRepository documents,
            IndexingService indexing,
            IndexProgress progress,
            Indexes indexes) {
        this.unitOfWork = unitOfWork;
        this.stamps = stamps;
        this.documents = documents;
        this.indexing = indexing;
        this.progress = progress;
        this.indexes = indexes;
    }

    /**
     * The result of comparing a piece.
     *
     * @param rows how many rows were compared
     * @param end the last id that was compared; null if nothing follows
     */
    public record Piece(
            int rows,
            List<Difference> differences,
            @Nullable UUID end) {}

    /** Whether this replica has an index to compare: it has been built, is not being rebuilt, and its disk works. */
    public Uni<Boolean> isReady(Collection owner) {
        return indexes.of(owner)
                .status()
                .map(status -> status.health() == IndexHealth.OK && !progress.isBuilding(owner.id()));
    }

    /** Compares the next documents after {@code after}, at most that many rows and entries. */
    public Uni<Piece> piece(Collection owner, UUID after, int limit) {
        return unitOfWork
                .read(() -> stamps.page(owner.id(), after, limit))
                .chain(rows -> indexes.of(owner).stamps(after, limit).chain(entries -> {
                    UUID end = end(rows, entries, limit);
                    Map<UUID, Stamped> here = byId(
                            rows.stream().filter(row -> isWithin(row.id(), end)).toList());
                    Map<UUID, Long> there = entries.stream()
                            .filter(entry -> isWithin(entry.id(), end))
                            .collect(toMap(Stamp::id, Stamp::value));
                    return standing(owner, suspects(owner, here, there))
                            .map(differences -> new Piece(here.size(), differences, end));
                }));
    }

    /** The last id up to which both lists are complete; null if both have reached their end. */
    private static @Nullable UUID end(List<Stamped> rows, List<Stamp> entries, int limit) {
        UUID lastRow = rows.size() < limit ? null : rows.getLast().id();
        UUID lastEntry = entries.size() < limit ? null : entries.getLast().id();
        if (lastRow == null || lastEntry == null) {
            return lastRow == null ? lastEntry : lastRow;
        }
        return Stamp.ORDER.compare(lastRow, lastEntry) < 0 ? lastRow : lastEntry;
    }

    private static boolean isWithin(UUID id, @Nullable UUID end) {
        return end == null || Stamp.ORDER.compare(id, end) <= 0;
    }

    private static Set<UUID> suspects(Collection owner, Map<UUID, Stamped> rows, Map<UUID, Long> entries) {
        Set<UUID> all = new HashSet<>(rows.keySet());
        all.addAll(entries.keySet());
        return all.stream()
                .filter(id -> !kinds(owner, rows.get(id), entries.get(id)).isEmpty())
                .collect(toSet());
    }

    private static List<Kind> kinds(Collection owner, @Nullable Stamped row, @Nullable Long entry) {
        List<Kind> kinds = new ArrayList<>();
        if (row == null) {
            return entry == null ? kinds : List.of(Kind.ORPHANED);
        }
        if (entry == null) {
            kinds.add(Kind.MISSING);
        } else if (entry != row.stamp()) {
            kinds.add(Kind.STALE);
        }
        if (row.isBare() && owner.embedding().hasModel()) {
            kinds.add(Kind.UNEMBEDDED);
        }
        return kinds;
    }

    /**
     * The confirmed differences among these documents. A difference is confirmed if the row is the same before and after the index is read,
     * and the index has reached the document's last change. If a document keeps changing, there is no answer for it: the index is following
     * it.
     */
    public Uni<List<Difference>> standing(Collection owner, Set<UUID> suspects) {
        return standing(owner, suspects, LOOKS).chain(found -> withText(owner, found));
    }

    private Uni<List<Difference>> standing(Collection owner, Set<UUID> suspects, int looks) {
        if (suspects.isEmpty() || looks == 0) {
            return Uni.createFrom().item(List.of());
        }
        return look(owner, suspects).chain(look -> {
            Set<UUID> open = suspects.stream().filter(id -> !look.isSettled(id)).collect(toSet());
            return awaitChanges(owner, look, open)
                    .chain(() -> standing(owner, open, looks - 1))
                    .map(others -> {
                        List<Difference> all = new ArrayList<>(others);
                        suspects.stream()
                                .filter(look::isSettled)
                                .forEach(id -> all.addAll(look.differences(owner, id)));
                        return all;
                    });
        });
    }

    /**
     * The rows before, the index's position at that time, changes that it did not show, its entries, and the rows after; read in this
     * order.
     */
    private record Look(
            Map<UUID, Stamped> before,
            Optional<Position> position,
            Map<UUID, Long> unseen,
            Map<UUID, Long> entries,
            Map<UUID, Stamped> after) {

        boolean isSettled(UUID id) {
            return position.isPresent() && Objects.equals(before.get(id), after.get(id)) && !unseen.containsKey(id);
        }

        List<Difference> differences(Collection owner, UUID id) {
            Stamped row = after.get(id);
            return kinds(owner, row, entries.get(id)).stream()
                    .map(kind -> new Difference(id, row == null ? null : row.key(), kind))
                    .toList();
        }
    }

    private Uni<Look> look(Collection owner, Set<UUID> ids) {
        Index index = indexes.of(owner);
        return rows(owner, ids).chain(before -> index.position().chain(position -> unitOfWork
                .read(() -> stamps.unseenChanges(owner.id(), position.orElse(Position.START), ids))
                .chain(unseen -> index.stamps(ids).chain(entries -> rows(owner, ids)
                        .map(after -> new Look(before, position, unseen, entries, after))))));
    }

    private Uni<Map<UUID, Stamped>> rows(Collection owner, Set<UUID> ids) {
        return unitOfWork.read(() -> stamps.of(owner.id(), ids)).map(IndexCheck::byId);
    }

    private static Map<UUID, Stamped> byId(List<Stamped> rows) {
        return rows.stream().collect(toMap(Stamped::id, Function.identity()));
    }

    private Uni<Void> awaitChanges(Collection owner, Look look, Set<UUID> open) {
        long newest = open.stream()
                .mapToLong(id -> look.unseen.getOrDefault(id, 0L))
                .max()
                .orElse(0);
        return newest == 0
                ? Uni.createFrom().voidItem()
                : indexing.awaitVisible(owner.id(), newest, PATIENCE).replaceWithVoid();
    }

    /** Drops documents that have nothing to embed. Java decides whether a text is blank. */
    private Uni<List<Difference>> withText(Collection owner, List<Difference> found) {
        Set<UUID> bare = found.stream()
                .filter(difference -> difference.kind() == Kind.UNEMBEDDED)
                .map(Difference::id)
                .collect(toSet());
        if (bare.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        return unitOfWork.read(() -> documents.byIds(bare)).map(read -> {
            Set<UUID> texts =
                    read.stream().filter(Document::hasText).map(Document::id).collect(toSet());
            return found.stream()
                    .filter(difference -> difference.kind() != Kind.UNEMBEDDED || texts.contains(difference.id()))
                    .toList();
        });
    }
}
