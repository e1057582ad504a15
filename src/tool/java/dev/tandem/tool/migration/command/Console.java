package dev.tandem.tool.migration.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The tool's output: results go to {@code out}, so that they can be piped; everything else goes to {@code err}.
 *
 * @param colours true only on a terminal
 */
public record Console(PrintWriter out, PrintWriter err, boolean colours) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** That of this process. */
    public static Console ofProcess() {
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("tandem.db.colours"));
    }

    /** A mistake of the tool itself, with all that helps to find it. */
    public void bug(Exception failure) {
        failure.printStackTrace(err);
        err.flush();
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void note(String text) {
        err.println(text);
        err.flush();
    }

    public void warning(String text) {
        note(yellow(text));
    }

    public void error(String text) {
        note(red(text));
    }

    public String green(String text) {
        return coloured(32, text);
    }

    public String yellow(String text) {
        return coloured(33, text);
    }

    public String red(String text) {
        return coloured(31, text);
    }

    public String faint(String text) {
        return coloured(2, text);
    }

    /** If the work takes more than two seconds, prints what is being done, and again from time to time. */
    public <T> T during(String what, Supplier<T> work) {
        long start = System.nanoTime();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Console::daemon)) {
            clock.scheduleAtFixedRate(
                    () -> note(faint(what + " .. "
                            + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s")),
                    PATIENCE.toMillis(),
                    PATIENCE.multipliedBy(5).toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return work.get();
            } finally {
                clock.shutdownNow();
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    private String coloured(int code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
