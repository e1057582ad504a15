package dev.tandem.service.copy;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.job.JobKind;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.DocumentSizes;
import dev.tandem.repository.JobRepository;
import dev.tandem.service.document.DocumentWriter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The vectors that a document of the source takes along into the successor: its own one, and those that a model has made of its present text,
 * if the successor would have the same model make the same again. It needs the session that has read the document.
 */
@Singleton
class CopyVectors {

    private final ChunkRepository chunks;
    private final DocumentRepository documents;
    private final DocumentSizes sizes;
    private final DocumentWriter writer;
    private final JobRepository jobs;

    CopyVectors(
            ChunkRepository chunks,
            DocumentRepository documents,
            DocumentSizes sizes,
            DocumentWriter writer,
            JobRepository jobs) {
        this.chunks = chunks;
        this.documents = documents;
        this.sizes = sizes;
        this.writer = writer;
        this.jobs = jobs;
    }

    /** Whether vectors of the one model are compared with those of the other: an own vector belongs to such a model. */
    static boolean hasSameModel(Collection source, Collection successor) {
        EmbeddingSettings from = source.embedding();
        EmbeddingSettings to = successor.embedding();
        return from.model().equals(to.model()) && from.dimensions() == to.dimensions();
    }

    /** Whether the successor takes over what the model has made for the source. What the source makes again, the successor makes for itself. */
    Uni<Boolean> areTaken(Collection source, Collection successor) {
        boolean wouldBeSame = source.embedding().hasModel()
                && hasSameModel(source, successor)
                && source.settings().chunking().equals(successor.settings().chunking());
        return wouldBeSame
                ? jobs.findOpen(JobKind.REEMBED.word(), source.id(), Instant.EPOCH)
                        .map(open -> open == null)
                : Uni.createFrom().item(false);
    }

    /** The sizes of the existing documents among these, in bytes, with the vectors that are read with them. */
    Uni<Map<UUID, Long>> sizes(Collection source, boolean areTaken, Set<UUID> ids) {
        return areTaken ? sizes.withVectors(source, ids) : documents.sizes(ids);
    }

    /** The documents, in their order, with their vectors. */
    Uni<List<DocumentState>> of(Collection source, boolean areTaken, List<Document> read) {
        if (!areTaken || read.isEmpty()) {
            return writer.withOwnVectors(source, read);
        }
        List<UUID> ids = read.stream().map(Document::id).toList();
        return chunks.of(source.searched(), ids).map(stored -> read.stream()
                .map(document -> state(source, document, stored.getOrDefault(document.id(), List.of())))
                .toList());
    }

    /**
     * A document with its vectors. Those of an earlier text are not its own any more.
     *
     * @param stored all chunks that it has in the set that searches use, in their order
     */
    static DocumentState state(Collection source, Document document, List<Chunk> stored) {
        if (document.isEmbedded(source.searched())) {
            return DocumentState.embedded(document, stored, false);
        }
        boolean hasOwn = document.embeddedVersion(source.searched()) == null && !stored.isEmpty();
        return new DocumentState(document, hasOwn ? stored.getFirst().vector() : null);
    }
}
