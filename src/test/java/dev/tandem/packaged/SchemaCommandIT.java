package dev.tandem.packaged;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code db} of the jar that is shipped: whoever runs it has neither sources nor tools. */
class SchemaCommandIT {

    private static final String URL = "quarkus.datasource.reactive.url=";

    private static Databases databases;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startPostgres() throws IOException {
        databases = Databases.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        databases.close();
    }

    @Test
    void showsItsMigrationsAndLetsAFailedOneRunAgain() throws Exception {
        String[] settings =
                databases.settings(URL, "repaired", List.of("tandem.index.directory=" + folder.resolve("index")));
        PackagedService.start(folder, settings).close();
        assertThat(Databases.command("history", settings))
                .startsWith("0\n")
                .contains("applied ", " create job")
                .doesNotContain("failed");
        databases.run(
                "repaired",
                "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                        + " installed_by, execution_time, success) values (999, '20990101000000', 'by hand', 'SQL',"
                        + " 'V20990101000000__by_hand.sql', 'postgres', 0, false)");
        assertThat(Databases.command("history", settings)).startsWith("1\n").contains("failed  20990101000000");
        assertThatIllegalStateException()
                .isThrownBy(() -> PackagedService.start(folder, settings))
                .withMessageContaining("Detected failed migration to version 20990101000000");
        assertThat(Databases.command("repair", settings)).startsWith("0\n").contains("repaired 20990101000000");
        assertThat(Databases.command("history", settings)).startsWith("0\n").doesNotContain("20990101000000");
        // What failed was of a later release: this is the way back.
        PackagedService.start(folder, settings).close();
    }

    /** As the Job of docker/kubernetes does, by a role that may do nothing without the password in a file. */
    @Test
    void migratesForReplicasThatMustNot() throws Exception {
        String password = "a$b\\${c}";
        demandPassword("migrator", password);
        databases.run("postgres", "create database migrated owner migrator");
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        String[] settings = {
            URL + databases.address("migrated"),
            "quarkus.datasource.username=migrator",
            "tandem.database.password-file=" + file,
            "quarkus.flyway.migrate-at-start=false",
            "tandem.index.directory=" + folder.resolve("index")
        };

        try (PackagedService early = PackagedService.start(folder, settings)) {
            assertThat(early.probe("/q/health/live")).isEqualTo(200);
            assertThat(early.probe("/q/health/ready")).isEqualTo(503);
            assertThat(Databases.command("migrate", settings))
                    .startsWith("0\n")
                    .contains("applied 20261123030000 create collection and document");
            await().atMost(PATIENCE).until(() -> early.probe("/q/health/ready") == 200);
            serves(early, "early");
        }
        assertThat(Databases.command("migrate", settings)).startsWith("0\n").contains("Nothing to migrate");
        try (PackagedService late = PackagedService.start(folder, settings)) {
            await().atMost(PATIENCE).until(() -> late.probe("/q/health/ready") == 200);
            serves(late, "late");
        }

        Files.writeString(file, "wrong");
        assertThat(Databases.command("migrate", settings)).startsWith("2\n").contains("password authentication failed");
        Files.delete(file);
        assertThat(Databases.command("migrate", settings)).startsWith("2\nCan't read tandem.database.password-file");
    }

    private static void serves(PackagedService service, String name) throws Exception {
        assertThat(service.send(
                                "POST",
                                "/v1/collections",
                                "{\"name\":\"" + name + "\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}")
                        .statusCode())
                .isEqualTo(201);
    }

    /** Others are trusted, as embedded PostgreSQL does by default. */
    private static void demandPassword(String role, String password) throws IOException, SQLException {
        databases.run("postgres", "create role " + role + " login password '" + password + "'");
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement()) {
            ResultSet found = statement.executeQuery("show hba_file");
            found.next();
            Path rules = Path.of(found.getString(1));
            String others = Files.readString(rules);
            Files.writeString(
                    rules, "host all " + role + " all scram-sha-256\n" + others, StandardOpenOption.TRUNCATE_EXISTING);
            statement.execute("select pg_reload_conf()");
        }
    }
}
