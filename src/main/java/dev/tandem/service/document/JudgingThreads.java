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

    private static final int WAITING_DOCUMENTS = 256;
    private static final int WAITING_UPDATES = 64;
    private static final int WAITING_BATCHES = 256;

    private final WorkerPool documents;
    private final WorkerPool updates;
    private final WorkerPool lines;

    JudgingThreads() {
        // not a constant: a native image would have the processors of the machine that built it
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.documents = new WorkerPool("judging", threads, WAITING_DOCUMENTS);
        this.updates = new WorkerPool("update", threads, WAITING_UPDATES);
        this.lines = WorkerPool.inBackground("import", threads, WAITING_BATCHES);
    }

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
