package dev.tandem.service.document;

import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;

/**
 * The threads that check drafts when the check may take too long for an event loop. Each kind of work has its own threads, so that a client
 * who waits for one document does not queue behind batches of a thousand.
 */
@Singleton
public class JudgingThreads {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int WAITING_DOCUMENTS = 256;
    private static final int WAITING_UPDATES = 64;
    private static final int WAITING_BATCHES = 256;

    private final WorkerPool documents = new WorkerPool("judging", THREADS, WAITING_DOCUMENTS);
    private final WorkerPool updates = new WorkerPool("update", THREADS, WAITING_UPDATES);
    private final WorkerPool lines = WorkerPool.inBackground("import", THREADS, WAITING_BATCHES);

    /** Checks one document, as {@link WorkerPool#run}. */
    public <T> Uni<T> judgeDocument(Callable<T> work) {
        return documents.run(work);
    }

    /** Checks a collection, whose metadata schema has to be compiled, as {@link WorkerPool#run}. */
    public <T> Uni<T> judgeCollection(Callable<T> work) {
        return documents.run(work);
    }

    /** Checks documents that match a filter, as {@link WorkerPool#run}. Their rows are locked meanwhile. */
    public <T> Uni<T> judgeMatching(Callable<T> work) {
        return updates.run(work);
    }

    /** Expands, reads, checks or packs lines of an import, as {@link WorkerPool#run}. */
    public <T> Uni<T> judgeLines(Callable<T> work) {
        return lines.run(work);
    }

    @PreDestroy
    void close() {
        documents.close();
        updates.close();
        lines.close();
    }
}
