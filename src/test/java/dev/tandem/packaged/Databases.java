package dev.tandem.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Processes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL with a database for each test of the packaged service. */
final class Databases implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private Databases(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static Databases start() throws IOException {
        return new Databases(
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start());
    }

    Connection connect(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    /** Each statement in a transaction of its own. */
    void run(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * The settings of a service on the database, which is made if it isn't there.
     *
     * @param url the setting that gets the address, with what comes before the address
     */
    String[] settings(String url, String database, Collection<String> more) throws SQLException {
        try {
            run("postgres", "create database " + database);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as("it exists already").isEqualTo("42P04");
        }
        List<String> settings = new ArrayList<>(List.of(
                url + address(database),
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres"));
        settings.addAll(more);
        return settings.toArray(String[]::new);
    }

    String address(String database) {
        return "postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** The exit code of {@code db} with this verb, and what it says. */
    static String command(String verb, String... settings) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String setting : settings) {
            command.add("-D" + setting);
        }
        command.addAll(List.of("-jar", PackagedService.JAR.toAbsolutePath().toString(), "db", verb));
        Path log = Processes.log("db");
        Process process = Processes.start(new ProcessBuilder(command), log);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + "\n" + Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
