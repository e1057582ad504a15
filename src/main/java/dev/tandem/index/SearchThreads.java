package dev.tandem.index;

import dev.tandem.work.FairPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The threads that search and highlight: a fixed number, however many searches there are. Collections take turns, and one thread more than one
 * collection may have is left for the others.
 */
@ApplicationScoped
public class SearchThreads {

    private final FairPool pool;

    public SearchThreads(IndexConfig config) {
        int threads = config.searchThreads().orElse(Runtime.getRuntime().availableProcessors());
        this.pool = new FairPool("search", threads + 1, threads, config.searchQueue(), config.searchQueueTimeout());
    }

    /**
     * Runs the work on one of the threads. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} if too much waits, or has waited
     * for too long. Cancelling the result asks the work to stop.
     */
    public <T extends @Nullable Object> Uni<T> run(UUID collectionId, FairPool.Work<T> work) {
        return pool.run(collectionId, work);
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
