package dev.tandem.service.index.check;

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
import dev.tandem.index.Stamp;
import dev.tandem.index.parts.Engines;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.StampRepository;
import dev.tandem.repository.StampRepository.Stamped;
import dev.tandem.service.index.IndexPart;
import dev.tandem.service.index.IndexProgress;
import dev.tandem.service.index.IndexingService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a collection with all parts of the index that searches use, in both directions, piece by piece in the order of ids. Both may change
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
    private final Engines engines;

    IndexCheck(
            UnitOfWork unitOfWork,
            StampRepository stamps,
            DocumentRepository documents,
            IndexingService indexing,
            IndexProgress progress,
            Engines engines) {
        this.unitOfWork = unitOfWork;
        this.stamps = stamps;
        this.documents = documents;
        this.indexing = indexing;
        this.progress = progress;
        this.engines = engines;
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

    /** Whether there is an index to compare: all of its parts have been built, are not being rebuilt, and work. */
    public Uni<Boolean> isReady(Collection owner) {
        boolean isBuilding = engines.of(owner).stream()
                .map(indexes ->
                        IndexPart.of(owner, owner.searched(), indexes.engine().name()))
                .anyMatch(progress::isBuilding);
        return fromEach(owner, Index::status)
                .map(all -> !isBuilding && all.stream().allMatch(status -> status.health() == IndexHealth.OK));
    }

    /** Compares the next documents after {@code after}, at most that many rows and entries. */
    public Uni<Piece> piece(Collection owner, UUID after, int limit) {
        return unitOfWork.read(() -> stamps.page(owner, after, limit)).chain(rows -> fromEach(
                        owner, index -> index.stamps(after, limit))
                .chain(entries -> {
                    UUID end = end(rows, entries, limit);
                    Map<UUID, Stamped> here = byId(
                            rows.stream().filter(row -> isWithin(row.id(), end)).toList());
                    List<Map<UUID, Long>> there = entries.stream()
                            .map(part -> part.stream()
                                    .filter(entry -> isWithin(entry.id(), end))
                                    .collect(toMap(Stamp::id, Stamp::value)))
                            .toList();
                    return standing(owner, suspects(owner, here, there))
                            .map(differences -> new Piece(here.size(), differences, end));
                }));
    }

    /** The answers of the parts of a collection's index, one after the other. */
    private <T> Uni<List<T>> fromEach(Collection owner, Function<Index, Uni<T>> question) {
        return Multi.createFrom()
                .iterable(engines.of(owner))
                .onItem()
                .transformToUniAndConcatenate(indexes -> question.apply(indexes.of(owner.indexed(owner.searched()))))
                .collect()
                .asList();
    }

    /** The last id up to which all lists are complete; null if all have reached their end. */
    private static @Nullable UUID end(List<Stamped> rows, List<List<Stamp>> entries, int limit) {
        Stream<UUID> lastRow =
                rows.size() < limit ? Stream.of() : Stream.of(rows.getLast().id());
        Stream<UUID> lastEntries = entries.stream()
                .filter(part -> part.size() >= limit)
                .map(part -> part.getLast().id());
        return Stream.concat(lastRow, lastEntries).min(Stamp.ORDER).orElse(null);
    }

    private static boolean isWithin(UUID id, @Nullable UUID end) {
        return end == null || Stamp.ORDER.compare(id, end) <= 0;
    }

    private static Set<UUID> suspects(Collection owner, Map<UUID, Stamped> rows, List<Map<UUID, Long>> entries) {
        Set<UUID> all = new HashSet<>(rows.keySet());
        entries.forEach(part -> all.addAll(part.keySet()));
        return all.stream()
                .filter(id -> !Look.kinds(owner, rows.get(id), entries, id).isEmpty())
                .collect(toSet());
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

    private Uni<Look> look(Collection owner, Set<UUID> ids) {
        return rows(owner, ids).chain(before -> fromEach(owner, Index::position).chain(positions -> unseen(
                        owner, positions, ids)
                .chain(unseen -> fromEach(owner, index -> index.stamps(ids)).chain(entries -> rows(owner, ids)
                        .map(after -> new Look(before, positions, unseen, entries, after))))));
    }

    /** The newest change of each document that a part does not show. */
    private Uni<Map<UUID, Long>> unseen(Collection owner, List<Optional<Position>> positions, Set<UUID> ids) {
        return Multi.createFrom()
                .iterable(positions)
                .onItem()
                .transformToUniAndConcatenate(position ->
                        unitOfWork.read(() -> stamps.unseenChanges(owner.id(), position.orElse(Position.START), ids)))
                .collect()
                .in(
                        HashMap<UUID, Long>::new,
                        (all, part) -> part.forEach((id, change) -> all.merge(id, change, Math::max)))
                .map(all -> all);
    }

    private Uni<Map<UUID, Stamped>> rows(Collection owner, Set<UUID> ids) {
        return unitOfWork.read(() -> stamps.of(owner, ids)).map(IndexCheck::byId);
    }

    private static Map<UUID, Stamped> byId(List<Stamped> rows) {
        return rows.stream().collect(toMap(Stamped::id, Function.identity()));
    }

    private Uni<Void> awaitChanges(Collection owner, Look look, Set<UUID> open) {
        long newest = open.stream()
                .mapToLong(id -> look.unseen().getOrDefault(id, 0L))
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
