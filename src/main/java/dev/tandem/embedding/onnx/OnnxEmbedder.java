package dev.tandem.embedding.onnx;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.Tokenizer;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.tuples.Tuple2;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A bundled model as an {@link Embedder}. Its vectors have length 1. */
final class OnnxEmbedder implements Embedder {

    private final OnnxModel model;
    private final WorkerPool chunkPool;
    private final WorkerPool queryPool;
    private final int threads;

    /** @param threads how many chunks of one call may be computed at once */
    OnnxEmbedder(OnnxModel model, WorkerPool chunkPool, WorkerPool queryPool, int threads) {
        this.model = model;
        this.chunkPool = chunkPool;
        this.queryPool = queryPool;
        this.threads = threads;
    }

    @Override
    public String model() {
        return model.description().publicName();
    }

    @Override
    public int dimensions() {
        return BundledModel.DIMENSIONS;
    }

    @Override
    public int maxTokens() {
        return model.description().maxTokens();
    }

    @Override
    public int chunkTokens() {
        return model.description().chunkTokens();
    }

    @Override
    public Tokenizer tokenizer() {
        return model::tokenize;
    }

    /** A call keeps at most as many chunks in the pool as there are threads, so a long call does not block others. */
    @Override
    public Uni<List<Vector>> embedChunks(List<String> chunks) {
        return Uni.createFrom().deferred(() -> {
            Vector[] vectors = new Vector[chunks.size()];
            return Multi.createFrom()
                    .items(IntStream.range(0, vectors.length).boxed())
                    .onItem()
                    .transformToUni(
                            i -> chunkPool.run(() -> model.embed(chunks.get(i))).map(vector -> Tuple2.of(i, vector)))
                    .merge(threads)
                    .invoke(numbered -> vectors[numbered.getItem1()] = numbered.getItem2())
                    .collect()
                    .last()
                    .map(ignored -> Arrays.asList(vectors));
        });
    }

    @Override
    public Uni<Vector> embedQuery(String text) {
        return queryPool.run(() -> model.embed(model.description().queryInstruction() + text));
    }
}
