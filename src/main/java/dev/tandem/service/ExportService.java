package dev.tandem.service;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.filter.Filter;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Exports a collection, a few documents at a time: each read is short and its own, so that a slow reader holds no connection. A document
 * that is there and matches all the time comes exactly once; of one that is added, changed or deleted meanwhile, either state may come.
 */
@ApplicationScoped
public class ExportService {

    /** Beyond it, fewer documents are read at a time: what is read waits in memory until the reader takes it. */
    private static final int LARGEST_READ = 1 << 18;

    private static final int FIRST_READ = 16;
    private static final int MOST_AT_ONCE = 1_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final ChunkRepository chunks;

    ExportService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            ChunkRepository chunks) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.chunks = chunks;
    }

    /** How far an export has come, and how much it reads next. */
    private static final class Place {
        private @Nullable UUID last;
        private int limit = FIRST_READ;

        void advance(List<Exported> read) {
            if (!read.isEmpty()) {
                last = read.getLast().document().id();
                long size = read.stream().mapToLong(ExportService::size).sum();
                long fitting = LARGEST_READ * (long) read.size() / Math.max(1, size);
                // Never many more than before: the next ones may be larger.
                limit = (int) Math.clamp(fitting, 1, Math.min(MOST_AT_ONCE, 4L * limit));
            }
        }
    }

    /**
     * The documents that match, in no order that means anything, a read at a time; none is read before it is asked for. Fails with
     * {@link dev.tandem.domain.error.Refusal.NotFound} if there is no such collection.
     *
     * @param withChunks whether passages and vectors are wanted
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
        return unitOfWork
                .read(() -> documents
                        .slice(owner.id(), filter, place.last, place.limit)
                        .chain(found -> withChunks ? withChunks(owner, found) : withoutChunks(owner, found)))
                .invoke(place::advance);
    }

    private Uni<List<Exported>> withChunks(Collection owner, List<Document> found) {
        return chunks.of(found.stream().map(Document::id).toList()).map(passages -> exported(owner, found, passages));
    }

    private static Uni<List<Exported>> withoutChunks(Collection owner, List<Document> found) {
        return Uni.createFrom().item(exported(owner, found, Map.of()));
    }

    private static List<Exported> exported(Collection owner, List<Document> found, Map<UUID, List<Chunk>> passages) {
        String model = owner.embedding().model();
        return found.stream()
                .map(document -> new Exported(document, passages.getOrDefault(document.id(), List.of()), model))
                .toList();
    }

    /** About how many bytes it is. */
    private static long size(Exported exported) {
        Document document = exported.document();
        long text = length(document.title()) + length(document.content());
        long vectors = exported.chunks().stream()
                .mapToLong(chunk -> chunk.vector().dimensions())
                .sum();
        // A number of a vector is about 12 characters; metadata is small as a rule.
        return 500 + text + 12 * vectors;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
