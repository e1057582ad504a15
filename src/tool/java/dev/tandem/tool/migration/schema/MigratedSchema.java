package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** The schema that the scripts of some folders produce, run by Flyway itself. */
public record MigratedSchema(List<Path> folders) {

    public MigratedSchema(Path... folders) {
        this(List.of(folders));
    }

    /** Adds the scripts of one more folder. */
    public MigratedSchema with(Path folder) {
        return new MigratedSchema(
                Stream.concat(folders.stream(), Stream.of(folder)).toList());
    }

    /** Applies what is pending. */
    public void migrate(Server server) {
        migrate(server, "latest");
    }

    /**
     * Applies what is pending up to a version.
     *
     * @throws MigrationRefusal if a script fails, or an applied one has been edited
     */
    public void migrate(Server server, String target) {
        try {
            flyway(server).target(target).load().migrate();
        } catch (FlywayException e) {
            throw new MigrationRefusal(brief(e), e);
        }
    }

    /** Flyway, configured as in the application, for other uses. */
    public FluentConfiguration flyway(Server server) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(server.url(), server.user(), server.password())
                .locations(folders.stream()
                        .filter(Files::isDirectory)
                        .map(folder -> "filesystem:" + folder.toAbsolutePath())
                        .toArray(String[]::new));
        // With Flyway's own lock in a transaction, CREATE INDEX CONCURRENTLY would wait for it for ever. Flyway takes
        // longer to read this as a setting by name than to run a script.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return flyway;
    }

    /** The cause without the dashes with which Flyway frames it. */
    private static String brief(FlywayException e) {
        List<String> lines = String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isBlank() && !line.chars().allMatch(c -> c == '-'))
                .toList();
        String message = lines.stream()
                .filter(line -> line.startsWith("Message"))
                .findFirst()
                .orElse("");
        String location = lines.stream()
                .filter(line -> line.startsWith("Line"))
                .findFirst()
                .orElse("");
        return String.join(
                " ",
                Stream.of(lines.get(0), message, location)
                        .filter(part -> !part.isBlank())
                        .toList());
    }
}
