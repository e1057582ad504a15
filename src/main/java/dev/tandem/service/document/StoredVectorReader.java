package dev.tandem.service.document;

import dev.tandem.domain.Page;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentSizes;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds stored vectors to documents, inside the block of work that has read them: both must be of the same moment. */
@Singleton
class StoredVectorReader {

    private final ChunkRepository chunks;
    private final DocumentSizes sizes;

    StoredVectorReader(ChunkRepository chunks, DocumentSizes sizes) {
        this.chunks = chunks;
        this.sizes = sizes;
    }

    /** As much of the page as is not too large for one answer with its vectors. */
    Uni<Page<Document>> fitting(Collection owner, Page<Document> page) {
        return sizes.fittingWithVectors(owner, owner.searched(), page.items()).map(page::limitedTo);
    }

    /**
     * The documents, in their order.
     *
     * @param withVectors whether vectors are wanted; otherwise none are read
     */
    Uni<List<StoredDocument>> read(Collection owner, List<Document> documents, boolean withVectors) {
        if (!withVectors || documents.isEmpty()) {
            return Uni.createFrom()
                    .item(documents.stream().map(StoredDocument::withoutVectors).toList());
        }
        List<UUID> ids = documents.stream().map(Document::id).toList();
        return chunks.of(owner.searched(), ids).map(stored -> documents.stream()
                .map(document -> stored(owner, document, stored))
                .toList());
    }

    private static StoredDocument stored(Collection owner, Document document, Map<UUID, List<Chunk>> chunks) {
        return new StoredDocument(
                document, document.vectors(chunks.getOrDefault(document.id(), List.of()), owner.searched()));
    }
}
