package dev.tandem.embedding.rerank;

import dev.tandem.work.WorkerPool;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** The rerankers of the configured servers, by name, and the thread that they share. No server is asked before a search wants it. */
@Singleton
public class Rerankers {

    private static final Logger LOG = Logger.getLogger(Rerankers.class);
    private static final int WAITING = 1_024;

    private final WorkerPool pool = new WorkerPool("answer", 1, WAITING);
    private final Map<String, Reranker> byName = new TreeMap<>();

    /** @throws IllegalStateException if a setting is wrong */
    Rerankers(RerankConfig config, Vertx vertx) {
        config.servers()
                .forEach(
                        (name, server) -> byName.put(name, new Reranker(vertx, RerankSettings.of(name, server), pool)));
    }

    /** A wrong setting ends the start, not the first search. */
    void begin(@Observes StartupEvent event) {
        if (!byName.isEmpty()) {
            LOG.infof("Searches can use the rerankers %s.", String.join(", ", byName.keySet()));
        }
    }

    public Optional<Reranker> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all, in order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** All, in the order of their names. */
    public List<Reranker> all() {
        return List.copyOf(byName.values());
    }

    @PreDestroy
    void close() {
        byName.values().forEach(Reranker::close);
        pool.close();
    }
}
