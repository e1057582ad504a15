package dev.tandem.embedding;

import dev.tandem.domain.embedding.Vector;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An embedder that caches the vectors of recent queries. */
final class CachingEmbedder implements Embedder {

    private final Embedder embedder;
    private final Map<String, Vector> recent;

    /** @param size how many queries are cached */
    CachingEmbedder(Embedder embedder, int size) {
        this.embedder = embedder;
        this.recent = leastRecentlyUsed(size);
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
    public Tokenizer tokenizer() {
        return embedder.tokenizer();
    }

    @Override
    public Uni<List<Vector>> embedChunks(List<String> chunks) {
        return embedder.embedChunks(chunks);
    }

    @Override
    public Uni<Vector> embedQuery(String text) {
        return Uni.createFrom().deferred(() -> {
            Vector known = recall(text);
            return known != null
                    ? Uni.createFrom().item(known)
                    : embedder.embedQuery(text).invoke(vector -> remember(text, vector));
        });
    }

    private @Nullable Vector recall(String text) {
        synchronized (recent) {
            return recent.get(text);
        }
    }

    private void remember(String text, Vector vector) {
        synchronized (recent) {
            recent.put(text, vector);
        }
    }

    private static Map<String, Vector> leastRecentlyUsed(int size) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Vector> eldest) {
                return size() > size;
            }
        };
    }
}
