package dev.tandem.embedding;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes passages of documents, and vectors of passages, off the event loop. */
@ApplicationScoped
public class DocumentEmbedder {

    private static final int WAITING_DOCUMENTS = 16;

    private final Embedders embedders;
    private final WorkerPool chunking = new WorkerPool("chunking", 1, WAITING_DOCUMENTS);

    DocumentEmbedder(Embedders embedders) {
        this.embedders = embedders;
    }

    /**
     * The passages of a document, in order, as its collection wants them; none where there is nothing to read in it. Fails with
     * {@link dev.tandem.domain.refusal.Refusal.Unavailable} where the collection's model isn't offered here.
     */
    public Uni<List<Passage>> cut(Collection collection, Document document) {
        return chunking.run(() -> {
            Embedder embedder = embedders.require(collection.embedding().model());
            return new Chunker(embedder, collection.settings().chunking()).cut(document.title(), document.content());
        });
    }

    /**
     * The vectors of passages, in their order. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} where the model isn't offered
     * here or can't answer now.
     */
    public Uni<List<Vector>> embed(String model, List<Passage> passages) {
        return Uni.createFrom().deferred(() -> embedders
                .require(model)
                .embedPassages(passages.stream().map(Passage::text).toList()));
    }

    @PreDestroy
    void close() {
        chunking.close();
    }
}
