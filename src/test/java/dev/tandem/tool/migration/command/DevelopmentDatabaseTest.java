package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool works on the database that {@code quarkus:dev} would. */
class DevelopmentDatabaseTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d,                          jdbc:postgresql://h/d,              me, secret",
        "postgresql://h:5433/d,                          jdbc:postgresql://h:5433/d,         me, secret",
        "postgres://a:b%40c@h/d?sslmode=require,         jdbc:postgresql://h/d?sslmode=require, a, b@c",
        "jdbc:postgresql://h/d?user=a&ssl=true&password=b, jdbc:postgresql://h/d?ssl=true,   a, b",
        "postgresql://a@h/d,                             jdbc:postgresql://h/d,              a, secret",
        "vertx-reactive:postgresql://h/d,                jdbc:postgresql://h/d,              me, secret",
        "postgresql://[::1]:5432/d,                      jdbc:postgresql://[::1]:5432/d,     me, secret"
    })
    void readsAddresses(String text, String url, String user, String password) {
        assertThat(DatabaseAddress.parse(text, "me", "secret")).isEqualTo(new Server(url, user, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h/d", "mysql://h/d", "postgresql://h", "postgresql://h/", "postgresql:d", "post gres"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text)).isInstanceOf(MigrationRefusal.class);
    }

    @Test
    void takesWhatIsConfiguredForDevelopment() throws IOException {
        write(
                "src/main/resources/application.properties",
                "quarkus.datasource.reactive.url=postgresql://production/d\n"
                        + "%dev.quarkus.datasource.reactive.url=postgresql://dev/d\nquarkus.datasource.username=me");
        assertThat(database().server()).isEqualTo(new Server("jdbc:postgresql://dev/d", "me", ""));
        assertThat(database().exists()).isTrue();
        assertThat(database().runningEmbedded()).isEmpty();

        write(".env", "QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://mine/d\n");
        assertThat(database().server().url()).isEqualTo("jdbc:postgresql://mine/d");
    }

    @Test
    void joinsTheEmbeddedServerThatRuns() throws IOException {
        write("src/main/resources/application.properties", "%dev.tandem.embedded-database.directory=data/here");
        assertThat(database().exists()).isFalse();
        assertThat(database().runningEmbedded()).isEmpty();
        Path data = root.resolve("data/here");
        Files.createDirectories(data);
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n0\n5439\n");
        assertThat(EmbeddedServer.running(data)).isPresent();
        assertThat(database().runningEmbedded().orElseThrow().url())
                .isEqualTo("jdbc:postgresql://localhost:5439/postgres");
        assertThat(database().server().url()).isEqualTo("jdbc:postgresql://localhost:5439/postgres");
    }

    private DevelopmentDatabase database() {
        // An application under test in this process has settings of its own.
        return new DevelopmentDatabase(new Project(root), builder -> builder);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
