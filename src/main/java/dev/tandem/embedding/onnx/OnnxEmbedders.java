package dev.tandem.embedding.onnx;

import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.EmbeddingConfig;
import dev.tandem.work.WorkerPool;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Provides the bundled models, and owns their threads and memory. A model is loaded when it is first used; the library that runs the models
 * is loaded at the start.
 */
@Singleton
class OnnxEmbedders {

    private static final Logger LOG = Logger.getLogger(OnnxEmbedders.class);
    private static final int WAITING_CHUNKS = 256;
    private static final int WAITING_QUERIES = 256;

    private final OnnxModel allMiniLm = new OnnxModel(BundledModel.ALL_MINILM_L6_V2);
    private final OnnxModel bgeSmall = new OnnxModel(BundledModel.BGE_SMALL_EN_V15);
    private final int threads;
    private final WorkerPool chunkPool;
    private final WorkerPool queryPool;

    OnnxEmbedders(EmbeddingConfig config) {
        this.threads = config.threads().orElse(Runtime.getRuntime().availableProcessors());
        this.chunkPool = WorkerPool.inBackground("embedding", threads, WAITING_CHUNKS);
        this.queryPool = new WorkerPool("query", config.queryThreads(), WAITING_QUERIES);
    }

    @Produces
    @Singleton
    Embedder allMiniLm() {
        return embedder(allMiniLm);
    }

    @Produces
    @Singleton
    Embedder bgeSmall() {
        return embedder(bgeSmall);
    }

    private Embedder embedder(OnnxModel model) {
        return new OnnxEmbedder(model, chunkPool, queryPool, threads);
    }

    /** Loads the library early, while the disk most likely has room for it, and without delaying the start. */
    void loadLibrary(@Observes StartupEvent event) {
        chunkPool
                .run(() -> {
                    OnnxSession.loadLibrary();
                    return null;
                })
                .subscribe()
                .with(
                        ignored -> {},
                        failure -> LOG.error(
                                "The library of the embedding models can't be loaded until this process is started again."
                                        + " It is unpacked to the folder that java.io.tmpdir names.",
                                failure));
    }

    @PreDestroy
    void close() {
        queryPool.close();
        chunkPool.close();
        allMiniLm.close();
        bgeSmall.close();
    }
}
