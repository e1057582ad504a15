package dev.tandem.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Thorough;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docker/train.sh} with the jar that is shipped. It needs {@code curl} and JDK 25, like those who use it. */
@Thorough
class TrainingIT {

    private static final Path APPLICATION = PackagedService.JAR.toAbsolutePath().getParent();
    private static final Path CACHE = APPLICATION.resolve("tandem.aot");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int FIRST_WITH_CACHE = 25;

    private record Answer(int code, String output) {}

    @BeforeEach
    void whatItNeeds() throws Exception {
        assumeTrue(Runtime.version().feature() >= FIRST_WITH_CACHE, "the JDK has no such cache");
        assumeTrue(run(Map.of(), "sh", "-c", "command -v curl").code() == 0, "curl is not there");
    }

    @AfterEach
    void leaveNothing() throws IOException {
        Files.deleteIfExists(CACHE);
    }

    @Test
    void leavesACacheAfterAnswersAsExpected() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            String path = Path.of(JAVA).getParent() + ":" + System.getenv("PATH");
            Answer training = run(
                    Map.of(
                            "PATH",
                            path,
                            "QUARKUS_DATASOURCE_REACTIVE_URL",
                            "postgresql://localhost:" + postgres.getPort() + "/postgres",
                            "QUARKUS_DATASOURCE_USERNAME",
                            "postgres",
                            "QUARKUS_DATASOURCE_PASSWORD",
                            "postgres",
                            "TANDEM_TRAINING_PORT",
                            freePort(),
                            "TANDEM_TRAINING_PROBES",
                            freePort()),
                    "sh",
                    "docker/train.sh",
                    APPLICATION.toString(),
                    "5");
            assertThat(training.code()).as(training.output()).isZero();
            List<String> kinds = training.output().lines().toList();
            assertThat(kinds).hasSizeGreaterThan(20);
            for (String kind : kinds) {
                String expected = kind.contains("broken.json") ? "400: \\d+ times" : "20[0-4]: \\d+ times";
                assertThat(kind.replaceFirst("  404: \\d+ times", "")).matches("[A-Z]+ +[^:]+:(?:  " + expected + ")+");
            }
            assertThat(Files.size(CACHE)).isGreaterThan(50_000_000);
        }
        Answer listed = run(
                Map.of(),
                JAVA,
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + CACHE,
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                PackagedService.JAR.toAbsolutePath().toString(),
                "db",
                "help");
        assertThat(listed.output()).doesNotContain("[error][aot]").contains("db history");
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static Answer run(Map<String, String> settings, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(settings);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Answer(process.exitValue(), output.strip());
    }
}
