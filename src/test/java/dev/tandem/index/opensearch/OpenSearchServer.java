package dev.tandem.index.opensearch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.index.EngineFixture;
import dev.tandem.testing.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An OpenSearch as a process of its own, one for all tests of this JVM, which ends with it. The profile {@code engines} puts the archives of the server and of its
 * plugin k-NN into the folder that the system property {@code tandem.test.opensearch} names; without them, tests are skipped.
 *
 * <p>{@code tandem.test.opensearch.url} names a server that runs already.
 */
public final class OpenSearchServer {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    /** Of no use to the tests, and the largest part of the archive. */
    private static final List<String> LEFT_OUT = List.of("/modules/ingest-geoip/", "/modules/opensearch-dashboards/");

    /** OpenSearch does not run as root. */
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static @Nullable URI running;
    private static @Nullable String absent;

    private OpenSearchServer() {}

    /** A replica that uses the server; skips the test if there is none. */
    static EngineFixture fixture() {
        return OpenSearchFixture.at(address());
    }

    /** The address of the running server; skips the test if there is none. */
    public static synchronized URI address() {
        if (running == null && absent == null) {
            start();
        }
        assumeTrue(running != null, () -> "SKIPPED: no OpenSearch to test with. " + absent);
        return Objects.requireNonNull(running);
    }

    /** Deletes the indexes whose names begin so. */
    public static void delete(URI address, String prefix) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    address.resolve("/" + prefix + "*").toURL().openConnection();
            connection.setRequestMethod("DELETE");
            if (connection.getResponseCode() != 200) {
                throw new IOException("status " + connection.getResponseCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The indexes of the test cannot be deleted.", e);
        }
    }

    private static void start() {
        String given = System.getProperty("tandem.test.opensearch.url");
        if (given != null) {
            running = URI.create(given);
            return;
        }
        String folder = System.getProperty("tandem.test.opensearch");
        if (folder == null) {
            absent = "Run ./mvnw test -Pengines, which starts one.";
            return;
        }
        Path archives = Path.of(folder).toAbsolutePath();
        try {
            Path server = archive(archives, "opensearch-");
            Path plugin = archive(archives, "opensearch-knn-");
            if (server == null || plugin == null) {
                absent = "Its archives are not in " + archives + ".";
                return;
            }
            running = start(archives.resolve("home"), server, plugin);
        } catch (IOException e) {
            throw new UncheckedIOException("OpenSearch cannot be started.", e);
        }
    }

    private static @Nullable Path archive(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "[0-9.]+\\.zip"))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static URI start(Path home, Path server, Path plugin) throws IOException {
        if (!Files.isDirectory(home)) {
            unpack(server, home, true);
            unpack(plugin, home.resolve("plugins/opensearch-knn"), false);
        }
        int port = freePort();
        Path data = Files.createTempDirectory("opensearch");
        Files.writeString(home.resolve("config/opensearch.yml"), """
                cluster.name: tandem-test
                discovery.type: single-node
                http.host: 127.0.0.1
                http.port: %d
                transport.host: 127.0.0.1
                transport.port: %d
                path.data: %s
                path.logs: %s
                cluster.routing.allocation.disk.threshold_enabled: false
                cluster.max_shards_per_node: 10000
                """.formatted(
                        port, freePort(), data.resolve("data"), data.resolve("logs")));
        Process process = Processes.start(command(home, data), Processes.log("opensearch"));
        URI address = URI.create("http://127.0.0.1:" + port);
        Instant end = Instant.now().plus(START_LIMIT);
        while (!answers(address)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("OpenSearch did not start: see " + Processes.log("opensearch"));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        return address;
    }

    private static ProcessBuilder command(Path home, Path data) throws IOException {
        List<String> command = new ArrayList<>();
        if (ProcessHandle.current().info().user().orElse("").equals("root")) {
            command.addAll(AS_NOBODY);
            giveToNobody(home, data);
        }
        command.add(home.resolve("bin/opensearch").toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(data.toFile());
        builder.environment()
                .putAll(Map.of(
                        "OPENSEARCH_JAVA_HOME",
                        System.getProperty("java.home"),
                        "OPENSEARCH_JAVA_OPTS",
                        "-Xms512m -Xmx512m"));
        return builder;
    }

    private static void giveToNobody(Path... folders) throws IOException {
        for (Path folder : folders) {
            try {
                int exit = new ProcessBuilder("chown", "-R", "65534:65534", folder.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IOException("chown ended with " + exit);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) address.resolve("/").toURL().openConnection();
            connection.setReadTimeout(1_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            // not yet
            return false;
        }
    }

    /** @param hasRoot whether everything in the archive is in one folder, which is left out */
    private static void unpack(Path archive, Path folder, boolean hasRoot) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (LEFT_OUT.stream().anyMatch(name::contains)) {
                    continue;
                }
                Path target = folder.resolve(hasRoot ? name.substring(name.indexOf('/') + 1) : name)
                        .normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The archive has " + name);
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                    if (name.contains("/bin/")) {
                        target.toFile().setExecutable(true, false);
                    }
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
