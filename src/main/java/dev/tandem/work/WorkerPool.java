package dev.tandem.work;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A few threads for CPU work, with a short queue. When the queue is full, more work is refused at once. */
public final class WorkerPool implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String name;
    private final ThreadPoolExecutor threads;

    /**
     * For work that a client waits for.
     *
     * @param name of the pool, and the prefix of its threads' names
     * @param size the number of threads
     * @param queue how many pieces of work may wait
     */
    public WorkerPool(String name, int size, int queue) {
        this(name, size, queue, Thread.NORM_PRIORITY);
    }

    private WorkerPool(String name, int size, int queue, int priority) {
        this.name = name;
        this.threads = new ThreadPoolExecutor(
                size, size, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), threads(name, priority));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * For work that goes on behind the requests. Its threads have the lowest priority: where processors are scarce, requests go first. That
     * holds where the JVM has {@code -XX:ThreadPriorityPolicy=1}; otherwise all threads are alike.
     *
     * @param name of the pool, and the prefix of its threads' names
     * @param size the number of threads
     * @param queue how many pieces of work may wait
     */
    public static WorkerPool inBackground(String name, int size, int queue) {
        return new WorkerPool(name, size, queue, Thread.MIN_PRIORITY);
    }

    /**
     * Runs the work on one of the threads when subscribed to, and emits on the subscriber's Vert.x context if there is one. Fails with
     * {@link Refusal.Unavailable} when the queue is full.
     */
    public <T extends @Nullable Object> Uni<T> run(Callable<T> work) {
        return CallerContext.keep(Uni.createFrom().emitter(emitter -> {
            try {
                threads.execute(() -> {
                    T value;
                    try {
                        value = work.call();
                    } catch (Throwable failure) {
                        emitter.fail(failure);
                        return;
                    }
                    emitter.complete(value);
                });
            } catch (RejectedExecutionException e) {
                emitter.fail(busy());
            }
        }));
    }

    /** The threads, for libraries that split work themselves. When the queue is full, it throws RejectedExecutionException. */
    public Executor executor() {
        return threads;
    }

    /** Lets running work finish for a moment, and drops what waits. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Refusal busy() {
        return new Refusal.Unavailable(
                "busy." + name, "Too much " + name + " work is waiting. Try again.", RETRY_AFTER);
    }

    private static ThreadFactory threads(String name, int priority) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "tandem-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(priority);
            return thread;
        };
    }
}
