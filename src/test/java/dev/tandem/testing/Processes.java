package dev.tandem.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Operating-system processes that a test starts. None outlives the JVM of the tests, and each keeps its output in a file. */
public final class Processes {

    private static final Path LOGS = Path.of("target/service-logs");
    private static final long END_LIMIT_SECONDS = 30;
    private static final Set<ProcessHandle> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Processes::destroyTree)));
    }

    private Processes() {}

    /** A new file for the output of a process. It is kept after the test, because it explains a failure. */
    public static Path log(String name) throws IOException {
        return Files.createTempFile(Files.createDirectories(LOGS), name, ".log");
    }

    /** Starts the command with its output in the file. */
    public static Process start(ProcessBuilder command, Path log) throws IOException {
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        STARTED.add(process.toHandle());
        process.onExit().thenRun(() -> STARTED.remove(process.toHandle()));
        return process;
    }

    /** Kills the process and all of its descendants with SIGKILL, and returns when they have ended. */
    public static void kill(Process process) throws InterruptedException {
        var family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(process);
        for (ProcessHandle child : family) {
            awaitEnd(child);
        }
    }

    /** Stops the process and its descendants where they are, as SIGSTOP does. */
    public static void pause(Process process) {
        signal("STOP", process);
    }

    /** Lets a paused process and its descendants go on. */
    public static void resume(Process process) {
        signal("CONT", process);
    }

    private static void signal(String name, Process process) {
        signal(name, process.toHandle());
        process.descendants().forEach(child -> signal(name, child));
    }

    /** Does nothing where the process has ended: PostgreSQL's background workers come and go. */
    static void signal(String name, ProcessHandle process) {
        try {
            run("kill", "-" + name, Long.toString(process.pid()));
        } catch (IllegalStateException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    /** Bounds how long a file of the process may become by what it writes; what goes beyond fails. */
    static void limitFiles(Process process, String octets) {
        // The hard limit stays, so that the bound can be lifted again.
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + octets + ":");
    }

    private static void run(String... command) {
        try {
            int exit = new ProcessBuilder(command).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Process " + process.pid() + " does not end.");
        }
    }

    private static void awaitEnd(ProcessHandle child) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_LIMIT_SECONDS);
        while (child.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Process " + child.pid() + " does not end.");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void destroyTree(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
