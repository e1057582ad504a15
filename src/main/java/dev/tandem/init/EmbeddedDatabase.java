package dev.tandem.init;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A real PostgreSQL for development and tests, without a container or an installation. Its binaries are on the class path of these two
 * only, so no other code may use this class.
 *
 * <p>There is one server per JVM. It outlives the class loaders that live reload discards; for that reason a system property remembers it,
 * not a static field.
 */
final class EmbeddedDatabase {

    static final String USER = "postgres";

    private static final String RUNNING = "tandem.embedded-database.url";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private EmbeddedDatabase() {}

    /**
     * The running server's URL; starts the server if there is none yet.
     *
     * @param directory where the data is kept between runs; without one, the data is deleted with the JVM
     * @throws UncheckedIOException if the server doesn't start
     */
    @SuppressWarnings("LockOnNonEnclosingClassLiteral")
    static String url(Optional<String> directory) {
        // A lock on this class would not do: several class loaders may each have their own.
        synchronized (System.class) {
            String running = System.getProperty(RUNNING);
            if (running == null) {
                running = directory.map(Path::of).map(EmbeddedDatabase::kept).orElseGet(EmbeddedDatabase::passing);
                System.setProperty(RUNNING, running);
            }
            return running;
        }
    }

    private static String kept(Path directory) {
        return leftBehind(directory)
                .orElseGet(() -> start(EmbeddedPostgres.builder()
                        .setDataDirectory(directory.toAbsolutePath())
                        .setCleanDataDirectory(false)
                        // With the builder's own default, the server confirms commits that it loses when it is
                        // killed.
                        .setServerConfig("synchronous_commit", "on")));
    }

    private static String passing() {
        return start(EmbeddedPostgres.builder()
                // The data is deleted with the JVM, so waiting for the disk gains nothing.
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off"));
    }

    private static String start(EmbeddedPostgres.Builder builder) {
        try {
            EmbeddedPostgres server = builder.setPGStartupWait(START_LIMIT)
                    .setServerConfig("max_connections", "100")
                    .start();
            return url(server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
    }

    /**
     * The server that a killed JVM left running on this directory. PostgreSQL's own lock file contains its process id (first line) and port
     * (fourth).
     */
    private static Optional<String> leftBehind(Path directory) {
        try {
            Path lock = directory.resolve("postmaster.pid");
            if (!Files.exists(lock)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(lock);
            Optional<ProcessHandle> process =
                    ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
            process.ifPresent(server -> Runtime.getRuntime().addShutdownHook(new Thread(server::destroy)));
            return process.map(server -> url(Integer.parseInt(lines.get(3).strip())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(int port) {
        return "postgresql://localhost:" + port + "/postgres";
    }
}
