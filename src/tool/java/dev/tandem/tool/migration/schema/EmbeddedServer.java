package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The PostgreSQL that comes with the build: that of {@code quarkus:dev}, or one that ends with the JVM. */
public final class EmbeddedServer {

    private static final String USER = "postgres";

    /** Where this JVM stores the address of its server for scratch databases. */
    private static final String PASSING = "tandem.scratch-server.url";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private EmbeddedServer() {}

    /** The JVM's server for scratch databases. */
    public static Server passing() {
        // Neither a lock nor a field of this class, because tests have several class loaders.
        synchronized (System.class) {
            String url = System.getProperty(PASSING);
            Server server = url == null ? alone() : new Server(url, USER, USER);
            System.setProperty(PASSING, server.url());
            return server;
        }
    }

    /** One more server for scratch databases, which nothing else uses; in memory, where there is room. */
    public static Server alone() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        MemoryFolder.create().ifPresent(builder::setDataDirectory);
        return start(builder.setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("synchronous_commit", "off")
                // Scratch databases are created and dropped by the hundred, so they need no vacuum.
                .setServerConfig("autovacuum", "off")
                // Nobody asks for rows here, but for the catalogue, which has an index for each question and no
                // statistics.
                .setServerConfig("enable_seqscan", "off")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("max_wal_size", "128MB"));
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
