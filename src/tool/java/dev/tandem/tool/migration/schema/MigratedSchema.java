package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The schema that the scripts of some folders produce, with the migrations in Java whose sources are there, run by Flyway itself.
 *
 * @param outOfOrder whether scripts may run that are older than what a database has applied
 */
public record MigratedSchema(List<Path> folders, boolean outOfOrder) {

    public MigratedSchema(Path... folders) {
        this(List.of(folders), false);
    }

    /** The same, and scripts may run that are older than what a database has applied. */
    public MigratedSchema inAnyOrder() {
        return new MigratedSchema(folders, true);
    }

    /** Adds the scripts of one more folder. */
    public MigratedSchema with(Path folder) {
        return new MigratedSchema(
                Stream.concat(folders.stream(), Stream.of(folder)).toList(), outOfOrder);
    }

    /**
     * Applies what is pending.
     *
     * @throws MigrationRefusal if a script fails, or an applied one has been edited
     */
    public void migrate(Server server) {
        migrate(flyway(server));
    }

    /**
     * Applies what is pending, in sessions that the database keeps.
     *
     * @throws MigrationRefusal if a script fails, or an applied one has been edited
     */
    public void migrate(ScratchDatabase database) {
        migrate(flyway(Flyway.configure().dataSource(new LentSessions(database))));
    }

    private static void migrate(FluentConfiguration flyway) {
        try {
            flyway.load().migrate();
        } catch (FlywayException e) {
            throw new MigrationRefusal(brief(e), e);
        }
    }

    /** Flyway, configured as in the application, for other uses. */
    public FluentConfiguration flyway(Server server) {
        return flyway(Flyway.configure().dataSource(server.url(), server.user(), server.password()));
    }

    private FluentConfiguration flyway(FluentConfiguration flyway) {
        flyway.outOfOrder(outOfOrder)
                // A script that has a statement for no transaction, such as VACUUM, has none at all.
                .mixed(true)
                .javaMigrations(SourceMigration.in(folders))
                .locations(folders.stream()
                        .filter(Files::isDirectory)
                        .map(folder -> "filesystem:" + folder.toAbsolutePath())
                        .toArray(String[]::new));
        // With Flyway's own lock in a transaction, CREATE INDEX CONCURRENTLY would wait for it for ever. Flyway takes
        // longer to read this as a setting by name than to run a script.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return flyway;
    }

    /** The script, the line, PostgreSQL's reason with its detail, and the statement, without the dashes with which Flyway frames them. */
    private static String brief(FlywayException e) {
        List<String> lines = String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isBlank() && !line.chars().allMatch(c -> c == '-'))
                .toList();
        String line = after(lines, "Line");
        String message = after(lines, "Message");
        String statement = statement(e);
        String detail = detail(e);
        return lines.get(0)
                + (line.isEmpty() ? "" : ", line " + line)
                + (message.isEmpty() ? "" : ": " + message)
                + (detail.isEmpty() ? "" : " (" + detail + ")")
                + (statement.isEmpty() ? "" : " in \"" + statement + "\"");
    }

    private static String after(List<String> lines, String label) {
        return lines.stream()
                .filter(line -> line.matches(label + "\\s*:.*"))
                .map(line -> line.replaceFirst(label + "\\s*:\\s*", ""))
                .findFirst()
                .orElse("");
    }

    /** Its first line; Flyway itself shows it only where it is told to. */
    private static String statement(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywaySqlScriptException script) {
                return String.valueOf(script.getStatement())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse("");
            }
        }
        return "";
    }

    private static String detail(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Server.detail(sql);
            }
        }
        return "";
    }
}
