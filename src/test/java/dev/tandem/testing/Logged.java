package dev.tandem.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/**
 * The messages that are logged at a level or above, from now until this is closed. What tests that run beside this one log on their own threads is
 * left out.
 */
public final class Logged extends Handler implements AutoCloseable {

    /** The threads that JUnit runs tests on. */
    private static final String THREADS_OF_TESTS = "ForkJoinPool-";

    /** The last word of a Vert.x that another test has closed. */
    private static final String CLOSED_ELSEWHERE = "io.netty.util.concurrent.DefaultPromise.rejectedExecution";

    private final String reader = Thread.currentThread().getName();

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /** From warnings upwards. */
    public Logged() {
        this(Level.WARNING);
    }

    public Logged(Level level) {
        setLevel(level);
        Logger.getLogger("").addHandler(this);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line) && !isOfAnotherTest(line)) {
            String message =
                    line instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : line.getMessage();
            lines.add(line.getLoggerName() + ": " + message + " " + line.getThrown());
        }
    }

    private boolean isOfAnotherTest(LogRecord line) {
        String thread = Thread.currentThread().getName();
        return thread.startsWith(THREADS_OF_TESTS) && !thread.equals(reader)
                || CLOSED_ELSEWHERE.equals(line.getLoggerName());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
