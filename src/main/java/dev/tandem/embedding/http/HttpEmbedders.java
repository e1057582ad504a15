package dev.tandem.embedding.http;

import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.EmbedderSource;
import dev.tandem.work.WorkerPool;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The models of the configured servers, and the threads that they share. A server that is away does not delay the start. */
@Singleton
class HttpEmbedders implements EmbedderSource {

    private static final int WAITING = 1_024;

    private final WorkerPool pool = new WorkerPool("answer", 1, WAITING);
    private final WorkerPool queryPool = new WorkerPool("answer", 1, WAITING);
    private final List<HttpEmbedder> embedders;

    /** @throws IllegalStateException if a setting is wrong */
    HttpEmbedders(ServersConfig config, Vertx vertx) {
        Map<String, ServersConfig.Server> servers = new TreeMap<>(config.servers());
        this.embedders = servers.entrySet().stream()
                .map(server -> ServerSettings.of(server.getKey(), server.getValue()))
                .map(settings -> new HttpEmbedder(vertx, settings, pool, queryPool))
                .toList();
    }

    @Override
    public List<Embedder> embedders() {
        return List.copyOf(embedders);
    }

    void begin(@Observes StartupEvent event) {
        embedders.forEach(HttpEmbedder::learnDimensions);
    }

    @PreDestroy
    void close() {
        embedders.forEach(HttpEmbedder::close);
        queryPool.close();
        pool.close();
    }
}
