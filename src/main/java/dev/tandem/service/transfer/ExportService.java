package dev.tandem.service.transfer;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.ExportRepository;
import dev.tandem.repository.ExportRepository.Bounds;
import dev.tandem.repository.ExportRepository.Whole;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Exports a collection, a few documents at a time: each read is short, bounded and its own, so that a slow reader holds no connection. A
 * document that is there and matches all the time comes exactly once; of one that is added, changed or deleted meanwhile, either state may
 * come, and with it what was made of that state.
 */
@ApplicationScoped
public class ExportService {

    /** In bytes of the text that is written: about so much waits in memory until the reader takes it. */
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

    /** How far an export has come, and how many documents it looks at next. */
    private static final class Place {
        private @Nullable UUID last;
        private int look = FIRST_LOOK;

        Bounds bounds() {
            return new Bounds(look, LARGEST_READ);
        }

        void advance(List<Exported> read) {
            if (!read.isEmpty()) {
                last = read.getLast().document().id();
                // What doesn't fit has been looked at in vain, so not many more than do.
                look = Math.clamp(2L * read.size(), SHORTEST_LOOK, LONGEST_LOOK);
            }
        }
    }

    /**
     * The documents that match, in no order that means anything, a read at a time; none is read before it is asked for. Fails with
     * {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection, and with
     * {@link dev.tandem.domain.refusal.Refusal.Unavailable} if PostgreSQL stays away.
     *
     * @param withChunks whether chunks and vectors are wanted
     */
    public Multi<List<Exported>> export(String name, Filter filter, boolean withChunks) {
        return unitOfWork.read(() -> collections.get(name)).onItem().transformToMulti(owner -> Multi.createBy()
                .repeating()
                .uni(Place::new, place -> read(owner, filter, withChunks, place))
                .whilst(read -> !read.isEmpty())
                .select()
                .where(read -> !read.isEmpty()));
    }

    private Uni<List<Exported>> read(Collection owner, Filter filter, boolean withChunks, Place place) {
        return RetryWhileUnavailable.with(
                        unitOfWork.read(() -> exports.next(owner, filter, withChunks, place.last, place.bounds())))
                .map(read -> exported(owner, read))
                .invoke(place::advance);
    }

    private static List<Exported> exported(Collection owner, List<Whole> read) {
        String model = owner.embedding().model();
        return read.stream()
                .map(whole -> new Exported(whole.document(), whole.chunks(), model))
                .toList();
    }
}
