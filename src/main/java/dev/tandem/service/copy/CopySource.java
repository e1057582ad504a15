package dev.tandem.service.copy;

import static java.util.stream.Collectors.toCollection;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogSlice;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.ExportRepository;
import dev.tandem.repository.ExportRepository.Bounds;
import dev.tandem.repository.ExportRepository.Whole;
import dev.tandem.service.job.JobConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is to be copied, no more at a time than a step of a job may have. Expired documents count as deleted. It needs a session that
 * sees one state of the database, so that a document and its vectors fit together, and the rows are no older than the log.
 */
@Singleton
class CopySource {

    private final ExportRepository exports;
    private final ChangeRepository changes;
    private final DocumentPages pages;
    private final CopyVectors vectors;
    private final JobConfig config;

    CopySource(
            ExportRepository exports,
            ChangeRepository changes,
            DocumentPages pages,
            CopyVectors vectors,
            JobConfig config) {
        this.exports = exports;
        this.changes = changes;
        this.pages = pages;
        this.vectors = vectors;
        this.config = config;
    }

    /** The end of the log. */
    Uni<Position> end() {
        return changes.head().map(head -> head.end());
    }

    /** Both collections. */
    record Ends(Collection source, Collection successor) {}

    /** The next documents by id; none at the end. */
    Uni<List<DocumentState>> read(Ends ends, UUID after) {
        Collection source = ends.source;
        Bounds bounds = new Bounds(config.step(), config.largestStep().asLongValue());
        return vectors.areTaken(source, ends.successor)
                .chain(areTaken -> exports.next(source, Scope.EVERYTHING, Filter.EVERYTHING, areTaken, after, bounds)
                        .chain(read -> areTaken ? whole(source, read) : withOwnVectors(source, read)));
    }

    private static Uni<List<DocumentState>> whole(Collection source, List<Whole> read) {
        return Uni.createFrom().item(() -> read.stream()
                .map(document -> CopyVectors.state(source, document.document(), document.chunks()))
                .toList());
    }

    private Uni<List<DocumentState>> withOwnVectors(Collection source, List<Whole> read) {
        return vectors.of(source, false, read.stream().map(Whole::document).toList());
    }

    /**
     * What has changed in the source.
     *
     * @param present the changed documents that are there, as they are now
     * @param gone the ids of the others
     * @param reached the position of a reader that knows this
     * @param read how many changes these are
     * @param behind how many more changes follow; null if nobody has counted them
     */
    record Changed(
            List<DocumentState> present,
            Set<UUID> gone,
            Position reached,
            boolean isAll,
            int read,
            @Nullable Long behind) {

        /** Whether documents have been written. The source may also have embedded some, which is nothing to copy. */
        boolean isWritten() {
            return !present.isEmpty() || !gone.isEmpty();
        }
    }

    /**
     * The next changes; null if the log does not continue from the position.
     *
     * @param isCounting whether to count those that follow
     */
    Uni<@Nullable Changed> changed(Ends ends, Position from, boolean isCounting) {
        return vectors.areTaken(ends.source, ends.successor)
                .chain(areTaken -> changed(new Wish(ends.source, areTaken, isCounting), from, config.step()));
    }

    /**
     * What is wanted of the source.
     *
     * @param areTaken whether the successor takes over vectors that a model has made
     */
    private record Wish(Collection source, boolean areTaken, boolean isCounting) {}

    private Uni<@Nullable Changed> changed(Wish wish, Position from, int limit) {
        return changes.after(wish.source.id(), from, limit).chain(slice -> {
            if (!slice.isConnected()) {
                return Uni.createFrom().nullItem();
            }
            return fitting(wish, slice.changes())
                    .chain(fitting -> fitting < slice.changes().size()
                            ? changed(wish, from, fitting)
                            : counted(wish, slice).chain(behind -> changed(wish, slice, behind)));
        });
    }

    /** How many of the first of these changes fit into a step together; at least one, if there are any. */
    private Uni<Integer> fitting(Wish wish, List<Change> read) {
        Set<UUID> ids = wanted(read);
        return ids.isEmpty()
                ? Uni.createFrom().item(read.size())
                : vectors.sizes(wish.source, wish.areTaken, ids)
                        .map(sizes -> DocumentSize.fitting(
                                sized(read, sizes), config.largestStep().asLongValue()));
    }

    private static List<DocumentSize> sized(List<Change> read, Map<UUID, Long> sizes) {
        return read.stream()
                .map(change -> new DocumentSize(
                        change.documentId(), isWanted(change) ? sizes.getOrDefault(change.documentId(), 0L) : 0))
                .toList();
    }

    private static Set<UUID> wanted(List<Change> read) {
        return read.stream()
                .filter(CopySource::isWanted)
                .map(Change::documentId)
                .collect(toCollection(LinkedHashSet::new));
    }

    /** What the source embeds later than it was read, the successor embeds for itself. */
    private static boolean isWanted(Change change) {
        return change.kind() == ChangeKind.SAVED || change.kind() == ChangeKind.DELETED;
    }

    private Uni<@Nullable Long> counted(Wish wish, LogSlice slice) {
        if (slice.isAll()) {
            return Uni.createFrom().item(0L);
        }
        return wish.isCounting
                ? changes.lag(wish.source.id(), slice.reached())
                : Uni.createFrom().nullItem();
    }

    private Uni<Changed> changed(Wish wish, LogSlice slice, @Nullable Long behind) {
        Set<UUID> gone = wanted(slice.changes());
        return present(wish.source, gone)
                .chain(found -> vectors.of(wish.source, wish.areTaken, found))
                .invoke(found ->
                        found.forEach(state -> gone.remove(state.document().id())))
                .map(found -> new Changed(
                        found,
                        gone,
                        slice.reached(),
                        slice.isAll(),
                        slice.changes().size(),
                        behind));
    }

    private Uni<List<Document>> present(Collection source, Set<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : pages.matching(source.id(), Scope.EVERYTHING, Filter.EVERYTHING, List.copyOf(ids));
    }
}
