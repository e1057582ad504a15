package dev.tandem.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An embedder that caches the vectors of frequent and recent queries. Equal queries that arrive at the same time are embedded once. If that
 * fails, each of them fails, and the next one is embedded again.
 */
final class CachingEmbedder implements Embedder {

    private final Embedder embedder;
    private final Cache<String, CompletableFuture<Vector>> vectors;

    /** @param size how many queries are cached */
    CachingEmbedder(Embedder embedder, int size) {
        this.embedder = embedder;
        // To evict an entry takes less time than to hand it to another thread.
        this.vectors =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
    }

    @Override
    public String model() {
        return embedder.model();
    }

    @Override
    public int dimensions() {
        return embedder.dimensions();
    }

    @Override
    public int maxTokens() {
        return embedder.maxTokens();
    }

    @Override
    public int chunkTokens() {
        return embedder.chunkTokens();
    }

    @Override
    public boolean isLocal() {
        return embedder.isLocal();
    }

    @Override
    public Tokenizer tokenizer() {
        return embedder.tokenizer();
    }

    @Override
    public Uni<List<Vector>> embedChunks(List<String> chunks) {
        return embedder.embedChunks(chunks);
    }

    @Override
    public Uni<Vector> embedQuery(String text) {
        // Each caller gets a copy, because cancelling a subscription cancels its future, and others may wait for the
        // same one.
        return CallerContext.keep(
                Uni.createFrom().completionStage(() -> vector(text).copy()));
    }

    /** Caches a plain future. A cached Uni would refer to the first request for as long as its vector is cached. */
    private CompletableFuture<Vector> vector(String query) {
        CompletableFuture<Vector> fresh = new CompletableFuture<>();
        CompletableFuture<Vector> known = vectors.asMap().putIfAbsent(query, fresh);
        if (known != null) {
            return known;
        }
        Uni.createFrom().deferred(() -> embedder.embedQuery(query)).subscribe().with(fresh::complete, failure -> {
            vectors.asMap().remove(query, fresh);
            fresh.completeExceptionally(failure);
        });
        return fresh;
    }
}
