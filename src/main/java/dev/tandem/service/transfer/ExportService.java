package dev.tandem.service.transfer;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.ExportRepository;
import dev.tandem.repository.ExportRepository.Bounds;
import dev.tandem.repository.ExportRepository.Whole;
import dev.tandem.service.document.StoredDocument;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Exports a collection, a few documents at a time. Each read is short, bounded and independent, so a slow client holds no connection. A
 * document that exists and matches throughout the export appears exactly once. A document that is added, changed or deleted meanwhile may
 * appear in either state, and with the vectors of that state.
 */
@ApplicationScoped
public class ExportService {

    /** In bytes of the output: roughly what waits in memory until the client reads it. */
    private static final int LARGEST_READ = 1 << 18;

    private static final int FIRST_LOOK = 64;
    private static final int SHORTEST_LOOK = 4;
    private static final int LONGEST_LOOK = 1_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final ExportRepository exports;

    ExportService(UnitOfWork unitOfWork, CollectionRepository collections, ExportRepository exports) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.exports = exports;
    }

    /** How far an export has come, and how many documents it reads next. */
    private static final class Place {
        private @Nullable UUID last;
        private int look = FIRST_LOOK;

        Bounds bounds() {
            return new Bounds(look, LARGEST_READ);
        }

        void advance(List<StoredDocument> read) {
            if (!read.isEmpty()) {
                last = read.getLast().document().id();
                // Documents that do not fit were read in vain, so do not read many more than fit.
                look = Math.clamp(2L * read.size(), SHORTEST_LOOK, LONGEST_LOOK);
            }
        }
    }

    /**
     * The matching documents of a scope, in no particular order, a read at a time. No read starts before the client asks for it. Fails with
     * {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection, and with
     * {@link dev.tandem.domain.refusal.Refusal.Unavailable} if PostgreSQL stays unavailable.
     *
     * @param withChunks whether to read chunks and vectors
     */
    public Multi<List<StoredDocument>> export(String name, Scope scope, Filter filter, boolean withChunks) {
        return unitOfWork.read(() -> collections.get(name)).onItem().transformToMulti(owner -> Multi.createBy()
                .repeating()
                .uni(Place::new, place -> read(owner, owner.read(scope), owner.read(filter), withChunks, place))
                .whilst(read -> !read.isEmpty())
                .select()
                .where(read -> !read.isEmpty()));
    }

    private Uni<List<StoredDocument>> read(
            Collection owner, Scope scope, Filter filter, boolean withChunks, Place place) {
        return RetryWhileUnavailable.with(unitOfWork
                        .heavy()
                        .read(() -> exports.next(owner, scope, filter, withChunks, place.last, place.bounds())))
                .map(read -> stored(owner, read, withChunks))
                .invoke(place::advance);
    }

    private static List<StoredDocument> stored(Collection owner, List<Whole> read, boolean withChunks) {
        return read.stream()
                .map(whole -> new StoredDocument(
                        whole.document(),
                        withChunks ? whole.document().vectors(whole.chunks(), owner.searched()) : StoredVectors.NONE))
                .toList();
    }
}
