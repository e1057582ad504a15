package dev.tandem.testing;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for calls that a test makes at once.
 *
 * <p>They are not virtual. A virtual thread keeps its carrier while it loads a class, and there are only as many carriers as cores: the threads
 * that wait for a class loader can occupy all of them, while the one that holds it has none to go on with.
 */
public final class CallerThreads {

    private CallerThreads() {}

    /** As many as are needed. Closing waits for all of them. */
    public static ExecutorService open() {
        return Executors.newCachedThreadPool();
    }
}
