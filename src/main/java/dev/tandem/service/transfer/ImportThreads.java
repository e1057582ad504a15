package dev.tandem.service.transfer;

import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;

/** Where the lines of imports are read, judged and packed, which takes longer than an event loop has. */
@Singleton
class ImportThreads {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int WAITING_BATCHES = 256;

    private final WorkerPool threads = new WorkerPool("import", THREADS, WAITING_BATCHES);

    /** As {@link WorkerPool#run}. */
    <T> Uni<T> run(Callable<T> work) {
        return threads.run(work);
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
