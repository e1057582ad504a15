package dev.tandem.service.document;

import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;

/**
 * Where drafts are judged when that may take longer than an event loop has. Each kind of work has threads of its own, so that a caller who
 * waits for one document does not stand behind batches of a thousand.
 */
@Singleton
public class JudgingThreads {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int WAITING_DOCUMENTS = 256;
    private static final int WAITING_UPDATES = 64;
    private static final int WAITING_BATCHES = 256;

    private final WorkerPool documents = new WorkerPool("judging", THREADS, WAITING_DOCUMENTS);
    private final WorkerPool updates = new WorkerPool("update", THREADS, WAITING_UPDATES);
    private final WorkerPool lines = new WorkerPool("import", THREADS, WAITING_BATCHES);

    /** Judges one document, as {@link WorkerPool#run}. */
    <T> Uni<T> judgeDocument(Callable<T> work) {
        return documents.run(work);
    }

    /** Judges documents that a filter matches, as {@link WorkerPool#run}. Meanwhile their rows are locked. */
    public <T> Uni<T> judgeMatching(Callable<T> work) {
        return updates.run(work);
    }

    /** Reads, judges or packs lines of an import, as {@link WorkerPool#run}. */
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
