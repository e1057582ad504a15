package dev.tandem.tool.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.UsesScratchServer;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing is left behind, however it ends. */
@UsesScratchServer
class ScratchDatabasesTest {

    private final Server server = EmbeddedServer.passing();

    @Test
    void dropsWhatItHasMade() {
        ScratchDatabase one;
        ScratchDatabase copy;
        try (ScratchDatabases databases = new ScratchDatabases(server)) {
            one = databases.create();
            copy = databases.copyOf(one);
            assertThat(exists(one.name())).isTrue();
        }

        assertThat(exists(one.name())).isFalse();
        assertThat(exists(copy.name())).isFalse();
    }

    @Test
    void dropsThemWhenTheProcessIsInterrupted() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        server.url())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String name = output.lines()
                    .filter(line -> line.startsWith(ScratchDatabases.PREFIX))
                    .findFirst()
                    .orElseThrow();
            assertThat(exists(name)).isTrue();

            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(exists(name)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void sweepsWhatAKilledRunHasLeftLongAgo() throws Exception {
        long now = Instant.now().getEpochSecond();
        String old = ScratchDatabases.PREFIX + (now - 4000) + "_1_1";
        String young = ScratchDatabases.PREFIX + (now - 60) + "_1_1";
        ScratchDatabase admin = new ScratchDatabase("admin", server);
        admin.run(List.of("create database " + old, "create database " + young));

        new ScratchDatabases(server).close();

        assertThat(exists(old)).isFalse();
        assertThat(exists(young)).isTrue();
        admin.run("drop database " + young);
    }

    @Test
    void saysInOneLineThatTheServerIsAway() {
        assertThatThrownBy(() -> new ScratchDatabases(
                        new Server("jdbc:postgresql://localhost:1/postgres?password=secret", "me", "x")))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageStartingWith("Can't connect to jdbc:postgresql://localhost:1/postgres: ")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n");
    }

    private boolean exists(String name) {
        return !new ScratchDatabase("admin", server)
                .rows("select from pg_database where datname = '" + name + "'")
                .isEmpty();
    }

    /** Makes a database, says its name, and waits to be interrupted. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            ScratchDatabases databases = new ScratchDatabases(new Server(arguments[0], "postgres", "postgres"));
            System.out.println(databases.create().name());
            Thread.currentThread().join();
        }
    }
}
