package dev.tandem.index;

import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The threads that search and highlight: a fixed number, however many searches there are. */
@ApplicationScoped
public class SearchThreads {

    private final WorkerPool pool;

    public SearchThreads(IndexConfig config) {
        int threads = config.searchThreads().orElse(Runtime.getRuntime().availableProcessors());
        this.pool = new WorkerPool("search", threads, config.searchQueue());
    }

    /** Runs the work on one of the threads. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} if too much waits. */
    public <T extends @Nullable Object> Uni<T> run(Callable<T> work) {
        return pool.run(work);
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
