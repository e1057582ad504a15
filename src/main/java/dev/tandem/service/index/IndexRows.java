package dev.tandem.service.index;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.index.IndexEntry;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.DocumentRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads documents for an index, no more at a time than fit in memory. It needs a session. */
@Singleton
public class IndexRows {

    /** In bytes of text and metadata. With their chunks, documents take several times as much memory. */
    private static final long LARGEST_PORTION = 4 << 20;
    /** For so few documents, reading their sizes first is not worth it. */
    private static final int FEW = 4;

    private static final UUID END = new UUID(-1, -1);

    private final DocumentRepository documents;
    private final DocumentPages pages;
    private final ChunkRepository chunks;

    IndexRows(DocumentRepository documents, DocumentPages pages, ChunkRepository chunks) {
        this.documents = documents;
        this.pages = pages;
        this.chunks = chunks;
    }

    /** The existing documents among these, as they are now, with their chunks in a set. */
    public Uni<List<IndexEntry>> entries(VectorSet set, Set<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : documents.byIds(ids).chain(found -> withChunks(set, found));
    }

    /** How many of the first of these documents fit in memory together; at least one. */
    Uni<Integer> fitting(List<UUID> ids) {
        return ids.size() <= FEW
                ? Uni.createFrom().item(ids.size())
                : documents
                        .sizes(Set.copyOf(ids))
                        .map(sizes -> DocumentSize.fitting(sized(ids, sizes), LARGEST_PORTION));
    }

    /** The next documents of a collection after {@code after}, by id: as many as fit in memory together, but at most {@code limit}. */
    Uni<List<UUID>> next(UUID collectionId, UUID after, int limit) {
        return pages.rowSizes(collectionId, after, END, limit)
                .map(sizes -> sizes.subList(0, DocumentSize.fitting(sizes, LARGEST_PORTION)).stream()
                        .map(DocumentSize::id)
                        .toList());
    }

    private static List<DocumentSize> sized(List<UUID> ids, Map<UUID, Long> sizes) {
        return ids.stream()
                .map(id -> new DocumentSize(id, sizes.getOrDefault(id, 0L)))
                .toList();
    }

    private Uni<List<IndexEntry>> withChunks(VectorSet set, List<Document> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return chunks.of(set, found.stream().map(Document::id).toList()).map(read -> entries(found, read));
    }

    private static List<IndexEntry> entries(List<Document> found, Map<UUID, List<Chunk>> chunks) {
        return found.stream()
                .map(document -> new IndexEntry(document, chunks.getOrDefault(document.id(), List.of())))
                .toList();
    }
}
