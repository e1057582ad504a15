package dev.tandem.embedding;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Cuts documents into chunks and embeds them, off the event loop. */
@ApplicationScoped
public class DocumentEmbedder {

    private static final int WAITING_DOCUMENTS = 64;

    private final Embedders embedders;
    private final WorkerPool threads = WorkerPool.inBackground("chunking", 1, WAITING_DOCUMENTS);

    DocumentEmbedder(Embedders embedders) {
        this.embedders = embedders;
    }

    /**
     * The chunks of a document for a model, in order; none if the document has no text. Fails with {@link
     * dev.tandem.domain.refusal.Refusal.Unavailable} if this replica does not have the model.
     */
    public Uni<List<ChunkText>> cut(String model, Chunking chunking, Document document) {
        return threads.run(() -> {
            Embedder embedder = embedders.require(model);
            return new Chunker(embedder, chunking).cut(document.title(), document.content());
        });
    }

    /**
     * The vectors of chunks, in their order. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} if this replica does not have
     * the model, or if the model cannot answer now, and with {@link PartlyEmbedded} if only some chunks have vectors.
     */
    public Uni<List<Vector>> embed(String model, List<ChunkText> chunks) {
        return Uni.createFrom().deferred(() -> embedders
                .require(model)
                .embedChunks(chunks.stream().map(ChunkText::text).toList()));
    }

    /** The length of a model's vectors; 0 if it is not known, or if this replica does not have the model. */
    public int dimensions(String model) {
        return embedders.find(model).map(Embedder::dimensions).orElse(0);
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
