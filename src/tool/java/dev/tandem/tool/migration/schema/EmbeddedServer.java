package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that comes with the build: that of {@code quarkus:dev}, or one that ends with the JVM. */
public final class EmbeddedServer {

    private static final String USER = "postgres";

    /** Where the application stores the address of the server that it has started in this JVM. */
    private static final String RUNNING_HERE = "tandem.embedded-database.url";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static @Nullable Server passing;

    private EmbeddedServer() {}

    /** A server for scratch databases only; the JVM's existing server if there is one. */
    public static synchronized Server passing() {
        String here = System.getProperty(RUNNING_HERE);
        if (here != null) {
            return new Server("jdbc:" + here, USER, USER);
        }
        if (passing == null) {
            passing = alone();
        }
        return passing;
    }

    /** One more server for scratch databases, which nothing else uses. */
    public static Server alone() {
        return start(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("synchronous_commit", "off")
                // Scratch databases are created and dropped by the hundred, so they need no vacuum.
                .setServerConfig("autovacuum", "off")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0"));
    }

    /** The server on a data directory: the running one, or one that is started now and ends with the JVM. */
    public static Server kept(Path directory) {
        return running(directory)
                .orElseGet(() -> start(EmbeddedPostgres.builder()
                        .setDataDirectory(directory.toAbsolutePath())
                        .setCleanDataDirectory(false)));
    }

    /** The running server of a data directory. PostgreSQL's own lock file contains its process id (first line) and port (fourth). */
    public static Optional<Server> running(Path directory) {
        Path lock = directory.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(lock);
            boolean alive = ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(ProcessHandle::isAlive)
                    .isPresent();
            return alive ? Optional.of(server(Integer.parseInt(lines.get(3).strip()))) : Optional.empty();
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + lock + ": " + e.getMessage(), e);
        }
    }

    private static Server start(EmbeddedPostgres.Builder builder) {
        try {
            return server(builder.setPGStartupWait(START_LIMIT).start().getPort());
        } catch (IOException e) {
            throw new MigrationRefusal("The embedded PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    private static Server server(int port) {
        return new Server("jdbc:postgresql://localhost:" + port + "/postgres", USER, USER);
    }
}
