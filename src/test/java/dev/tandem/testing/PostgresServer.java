package dev.tandem.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL as a process of its own, which a test may kill, pause, copy and start again on the same data and port. Closing kills it.
 *
 * <p>Embedded PostgreSQL unpacks the binaries and makes the data; from then on the server is started directly.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path binary;
    private final Path data;
    private final int port;
    private @Nullable Process process;

    private PostgresServer(Path binary, Path data, int port) {
        this.binary = binary;
        this.data = data;
        this.port = port;
    }

    /** A running server with new data in the folder. */
    public static PostgresServer create(Path data) throws IOException, InterruptedException {
        EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start()
                .close();
        // The server notes in this file how it was started: the first word is the path of the binary.
        String command =
                Files.readString(data.resolve("postmaster.opts")).strip().split(" ", 2)[0];
        PostgresServer server = new PostgresServer(Path.of(command.replace("\"", "")), data, freePort());
        server.start();
        return server;
    }

    /** Another server with the same binaries on a folder with data, which is not running. */
    PostgresServer beside(Path otherData) throws IOException {
        return new PostgresServer(binary, otherData, freePort());
    }

    public int port() {
        return port;
    }

    /** Starts it, and returns when it answers. */
    public void start() throws IOException, InterruptedException {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        Path log = Processes.log("postgres");
        Process started = Processes.start(new ProcessBuilder(command()), log);
        process = started;
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException("PostgreSQL did not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Starts it again so that it accepts encrypted connections only, and shows the certificate of that authority. */
    public void encrypt(Authority authority) throws IOException, InterruptedException {
        kill();
        Path key = data.resolve("server.key");
        Files.copy(authority.server(), data.resolve("server.crt"));
        Files.copy(authority.key(), key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(data.resolve("postgresql.auto.conf"), "ssl = on\n", StandardOpenOption.APPEND);
        Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all all trust\n");
        start();
    }

    /** Kills the postmaster and all of its children at once, as a crash of the machine would. What the kernel holds is not lost. */
    public void kill() throws InterruptedException {
        if (process != null) {
            Processes.kill(process);
            process = null;
        }
    }

    /** Kills the server and starts it again. */
    public void crash() throws IOException, InterruptedException {
        kill();
        start();
    }

    /** Copies the data of the running server as it is at one moment, as a snapshot of the file system would. */
    public Path snapshot(Path copy) throws IOException {
        pause();
        try {
            DataFolder.copy(data, copy);
        } finally {
            resume();
        }
        return copy;
    }

    /** Kills the server and starts it again with the data of the snapshot. */
    public void restore(Path copy) throws IOException, InterruptedException {
        kill();
        IOUtils.rm(data);
        DataFolder.copy(copy, data);
        start();
    }

    /** Stops every process of the server where it is: connections stay open and nothing answers. */
    public void pause() {
        Processes.pause(running());
    }

    public void resume() {
        Processes.resume(running());
    }

    /** A connection as the superuser to the database {@code postgres}. */
    public Connection connect() throws SQLException {
        return connect("postgres");
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + database
                + "?user=postgres&password=postgres&connectTimeout=5&socketTimeout=60");
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root. In a user namespace without a mapping it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(binary.toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=localhost",
                "unix_socket_directories=",
                "max_connections=200",
                // Processes are killed here, not the machine, so what was written stays without being synced. But a
                // commit must have
                // been written when it is confirmed.
                "fsync=off",
                "synchronous_commit=on",
                // Only commits write the log. So a crash forgets the transactions that were aborted since the last
                // commit, and their
                // ids are given out again.
                "wal_writer_delay=10s",
                "wal_writer_flush_after=1GB",
                "wal_buffers=64MB",
                "wal_level=replica")) {
            command.addAll(List.of("-c", setting));
        }
        return command;
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("PostgreSQL is not running.");
        }
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
