package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.UsesScratchServer;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Thorough
@UsesScratchServer
class InterruptionTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** SIGTERM and Ctrl-C take the same way through a JVM. */
    @Test
    void leavesNoScratchDatabase(@TempDir Path root) throws Exception {
        try (Sandbox sandbox = new Sandbox(root)) {
            sandbox.script("V20260102000000__slow.sql", "select pg_sleep(600);\n");
            Process tool = start(
                    root,
                    "check",
                    "--scratch-url",
                    Sandbox.url(sandbox.database().server()));
            try {
                await().atMost(LIMIT).until(() -> !madeBy(tool, sandbox).isEmpty());
                tool.destroy();
                assertThat(tool.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(madeBy(tool, sandbox)).isEmpty();
            } finally {
                tool.destroyForcibly();
            }
        }
    }

    private static Process start(Path root, String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dtandem.db.project=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        File log = root.resolve("log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static List<String> madeBy(Process tool, Sandbox sandbox) {
        return sandbox.leftovers().stream()
                .filter(name -> name.contains("_" + tool.pid() + "_"))
                .toList();
    }
}
