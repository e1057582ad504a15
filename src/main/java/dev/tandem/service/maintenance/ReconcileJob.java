package dev.tandem.service.maintenance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.Difference;
import dev.tandem.domain.change.Difference.Kind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.StampRepository;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.index.check.IndexCheck;
import dev.tandem.service.index.check.IndexCheck.Piece;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares a collection's rows with the index of the replica that executes the job, and reports each difference. With {@code repair}, it
 * adds changes of these documents to the change log, so that every replica reads their rows again. Then it checks whether that has helped.
 */
@Singleton
class ReconcileJob implements JobWork {

    private static final String REPAIR = "repair";
    private static final String REPAIRED = "repaired";
    private static final int PIECE = 500;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final ChangeRepository changes;
    private final DocumentPages documents;
    private final StampRepository stamps;
    private final IndexingService indexing;
    private final IndexCheck check;

    ReconcileJob(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            ChangeRepository changes,
            DocumentPages documents,
            StampRepository stamps,
            IndexingService indexing,
            IndexCheck check) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.changes = changes;
        this.documents = documents;
        this.stamps = stamps;
        this.indexing = indexing;
        this.check = check;
    }

    @Override
    public String kind() {
        return JobKind.RECONCILE.word();
    }

    static Map<String, @Nullable Object> parameters(boolean repair) {
        return Map.of(REPAIR, repair);
    }

    @Override
    public Uni<Prepared> prepare(Job job) {
        ReconcilePlace place = ReconcilePlace.of(job.cursor());
        return unitOfWork
                .read(() -> collections.get(job.collectionId(), job.collection()))
                .chain(owner -> check.isReady(owner)
                        .chain(ready -> ready ? prepare(job, owner, place) : later())
                        // The index is unavailable now. The job continues when it is available again.
                        .onFailure(ReconcileJob::isIndexUnavailable)
                        .recoverWithUni(ReconcileJob::later));
    }

    private static boolean isIndexUnavailable(Throwable failure) {
        return isUnavailable(failure, "index.unavailable");
    }

    private static boolean isUnavailable(Throwable failure, String code) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().equals(code);
    }

    private static Uni<Prepared> later() {
        return Uni.createFrom().item((Prepared) () -> Uni.createFrom().item(Step.pause()));
    }

    private Uni<Prepared> prepare(Job job, Collection owner, ReconcilePlace place) {
        return place.repairing().isEmpty() ? compare(job, owner, place) : verify(job, owner, place);
    }

    private Uni<Prepared> compare(Job job, Collection owner, ReconcilePlace place) {
        UUID after = place.from();
        boolean repair = Boolean.TRUE.equals(job.parameters().get(REPAIR));
        return total(job).chain(total -> check.piece(owner, after, PIECE)
                .map(piece -> () -> collections
                        .get(job.collectionId(), job.collection())
                        .chain(() -> repair ? repair(owner, piece) : report(piece))
                        .map(step -> total.map(step::total).orElse(step))));
    }

    /**
     * The number of rows, counted at the beginning. Empty if counting takes longer than a statement may; the job then runs without a total.
     */
    private Uni<Optional<Long>> total(Job job) {
        if (job.cursor() != null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return unitOfWork
                .read(() -> documents.count(job.collectionId(), Filter.EVERYTHING))
                .map(Optional::of)
                .onFailure(failure -> isUnavailable(failure, Refusal.Unavailable.TIMEOUT))
                .recoverWithItem(Optional.empty());
    }

    private static Uni<Step> report(Piece piece) {
        long differing =
                piece.differences().stream().map(Difference::id).distinct().count();
        return Uni.createFrom()
                .item(new ReconcilePlace(piece.end(), Set.of())
                        .step()
                        .done(piece.rows())
                        .failed(differing, errors(piece.differences()))
                        .counts(counts(piece.differences())));
    }

    private Uni<Step> repair(Collection owner, Piece piece) {
        List<UUID> gone = ids(piece, Kind.ORPHANED);
        List<UUID> saved = ids(piece, Kind.MISSING, Kind.STALE);
        Set<UUID> repairing = new HashSet<>(gone);
        repairing.addAll(saved);
        Map<String, Long> counts = new HashMap<>(counts(piece.differences()));
        return embed(owner, ids(piece, Kind.UNEMBEDDED))
                .invoke(embedded -> counts.put(REPAIRED, (long) embedded))
                .chain(() -> append(owner, gone, ChangeKind.DELETED))
                .chain(deleted -> append(owner, saved, ChangeKind.SAVED).map(sequence -> Math.max(deleted, sequence)))
                .map(sequence -> new ReconcilePlace(piece.end(), repairing)
                        .step()
                        .done(piece.rows())
                        .failed(0, errors(piece.differences()))
                        .counts(counts)
                        .sequence(sequence));
    }

    private Uni<Integer> embed(Collection owner, List<UUID> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(0) : stamps.embed(owner, ids);
    }

    private Uni<Long> append(Collection owner, List<UUID> ids, ChangeKind kind) {
        return ids.isEmpty() ? Uni.createFrom().item(0L) : changes.append(owner.id(), ids, kind);
    }

    /** Compares the documents again when the index has reached the added changes. */
    private Uni<Prepared> verify(Job job, Collection owner, ReconcilePlace place) {
        return indexing.awaitVisible(owner.id(), job.sequence(), Duration.ZERO)
                .chain(visible -> visible
                        ? check.standing(owner, place.repairing()).map(standing -> () -> verified(place, standing))
                        : later());
    }

    private static Uni<Step> verified(ReconcilePlace place, List<Difference> standing) {
        long left = standing.stream()
                .filter(difference -> difference.kind().isOfIndex())
                .map(Difference::id)
                .distinct()
                .count();
        return Uni.createFrom()
                .item(new ReconcilePlace(place.after(), Set.of())
                        .step()
                        .failed(left, List.of())
                        .counts(Map.of(REPAIRED, place.repairing().size() - left)));
    }

    private static List<UUID> ids(Piece piece, Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return piece.differences().stream()
                .filter(difference -> wanted.contains(difference.kind()))
                .map(Difference::id)
                .toList();
    }

    /** Includes every kind, so that zeros are reported too. */
    private static Map<String, Long> counts(List<Difference> differences) {
        Map<Kind, Long> found = differences.stream().collect(groupingBy(Difference::kind, counting()));
        Map<String, Long> counts = new HashMap<>();
        for (Kind kind : Kind.values()) {
            counts.put(kind.label(), found.getOrDefault(kind, 0L));
        }
        return counts;
    }

    private static List<JobError> errors(List<Difference> differences) {
        return differences.stream().map(ReconcileJob::error).toList();
    }

    private static JobError error(Difference difference) {
        Violation violation =
                switch (difference.kind()) {
                    case MISSING -> new Violation("", "index.missing", "The index does not contain this document.");
                    case STALE ->
                        new Violation("", "index.stale", "The index contains another state of this document.");
                    case ORPHANED ->
                        new Violation(
                                "",
                                "index.orphaned",
                                "The index contains the document " + difference.id() + ", which has no row.");
                    case UNEMBEDDED ->
                        new Violation(
                                "", "document.unembedded", "This document has no vectors, and no task will make them.");
                };
        return new JobError(null, difference.key(), violation);
    }
}
