package dev.tandem.embedding;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Vector;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes passages with vectors of whole documents. The passages of all documents with the same model go to it together. */
@ApplicationScoped
public class DocumentEmbedder {

    private static final int WAITING_DOCUMENTS = 16;

    private final Embedders embedders;
    private final WorkerPool chunking = new WorkerPool("chunking", 1, WAITING_DOCUMENTS);

    DocumentEmbedder(Embedders embedders) {
        this.embedders = embedders;
    }

    /** A document, and the collection that says by which model and in what pieces it is embedded. */
    public record Source(Collection collection, Document document) {}

    /**
     * The passages of each document by its id, in order; none where there is nothing to read in it. One document that can't be embedded
     * fails all of them.
     */
    public Uni<Map<UUID, List<Chunk>>> embed(List<Source> sources) {
        return Multi.createFrom()
                .iterable(sources)
                .onItem()
                .transformToUniAndConcatenate(this::cut)
                .collect()
                .asList()
                .chain(this::embedCut);
    }

    /** A document's passages, before they have vectors. */
    private record Cut(UUID documentId, Embedder embedder, List<Passage> passages) {}

    private Uni<Cut> cut(Source source) {
        return chunking.run(() -> {
            Collection collection = source.collection;
            Document document = source.document;
            Embedder embedder = embedders.require(collection.embedding().model());
            Chunker chunker = new Chunker(embedder, collection.settings().chunking());
            return new Cut(document.id(), embedder, chunker.cut(document.title(), document.content()));
        });
    }

    private Uni<Map<UUID, List<Chunk>>> embedCut(List<Cut> cuts) {
        Map<UUID, List<Chunk>> chunks = new HashMap<>();
        return Multi.createFrom()
                .iterable(cuts.stream().map(Cut::embedder).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(embedder -> embed(
                        embedder,
                        cuts.stream()
                                .filter(cut -> cut.embedder.equals(embedder))
                                .toList()))
                .invoke(chunks::putAll)
                .collect()
                .last()
                .replaceWith(chunks);
    }

    private static Uni<Map<UUID, List<Chunk>>> embed(Embedder embedder, List<Cut> cuts) {
        List<String> texts = cuts.stream()
                .flatMap(cut -> cut.passages.stream())
                .map(Passage::text)
                .toList();
        return embedder.embedPassages(texts).map(vectors -> chunks(cuts, vectors.iterator()));
    }

    private static Map<UUID, List<Chunk>> chunks(List<Cut> cuts, Iterator<Vector> vectors) {
        Map<UUID, List<Chunk>> chunks = new HashMap<>();
        for (Cut cut : cuts) {
            chunks.put(
                    cut.documentId,
                    cut.passages.stream()
                            .map(passage -> new Chunk(
                                    cut.documentId, passage.ordinal(), passage.start(), passage.end(), vectors.next()))
                            .toList());
        }
        return chunks;
    }

    @PreDestroy
    void close() {
        chunking.close();
    }
}
