package dev.tandem.init.maintenance;

import dev.tandem.database.connection.SchemaHistory;
import dev.tandem.database.connection.SchemaHistory.Script;
import dev.tandem.init.Migrations;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.scanner.Scanner;

/**
 * {@code db history}, {@code db migrate} and {@code db repair} of the packaged service: which migrations are applied, those that are not yet, and
 * another try for one that failed.
 */
public final class SchemaCommand {

    /** The exit codes are those of {@code ./db}. */
    private static final int DONE = 0;

    private static final int TO_DO = 1;
    static final int REFUSED = 2;

    private static final List<String> VERBS = List.of("history", "migrate", "repair");

    private static final String JDBC = "quarkus.datasource.jdbc.";
    private static final String LOCATIONS = "quarkus.flyway.locations";
    private static final String MORE = JDBC + "additional-jdbc-properties.";

    private final Config config;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param config that of the service */
    public SchemaCommand(Config config, PrintWriter out, PrintWriter err) {
        this.config = config;
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say; returns the exit code. */
    public int run(List<String> arguments) {
        String verb = arguments.size() == 1 ? arguments.getFirst() : "";
        if (!VERBS.contains(verb)) {
            err.println("db history: the migrations that were applied, and the one that failed");
            err.println("db migrate: applies those that are missing, as the start of the service does");
            err.println("db repair: forgets that a migration failed, so that the next start runs it again");
            return REFUSED;
        }
        Optional<String> url = config.getOptionalValue(JDBC + "url", String.class);
        if (url.isEmpty()) {
            err.println("Set " + JDBC + "url or quarkus.datasource.reactive.url, as for the service");
            return REFUSED;
        }
        try (SchemaHistory history = SchemaHistory.open(url.get(), driverProperties())) {
            return switch (verb) {
                case "history" -> show(history);
                case "migrate" -> migrate(url.get());
                default -> repair(history);
            };
        } catch (SQLException e) {
            err.println("The database does not answer: " + e.getMessage());
            return REFUSED;
        }
    }

    private Map<String, String> driverProperties() {
        Map<String, String> properties = new HashMap<>();
        config.getOptionalValue("quarkus.datasource.username", String.class)
                .ifPresent(user -> properties.put("user", user));
        config.getOptionalValue("quarkus.datasource.password", String.class)
                .ifPresent(password -> properties.put("password", password));
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(MORE)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> properties.put(name.substring(MORE.length()), value));
            }
        }
        return properties;
    }

    private int show(SchemaHistory history) throws SQLException {
        List<Script> scripts = history.scripts();
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (Script script : scripts) {
            MigrationVersion version = MigrationVersion.fromVersion(script.version());
            boolean isOlder = version.compareTo(newest) < 0;
            out.println((script.isApplied() ? "applied " : "failed  ") + script.version() + " " + script.at() + " "
                    + script.description() + (isOlder ? " (of a branch that came after " + newest + ")" : ""));
            newest = isOlder ? newest : version;
        }
        if (scripts.isEmpty()) {
            out.println("Nothing was applied yet");
        }
        history.brokenIndexes()
                .forEach(index -> err.println(
                        "not built: the index " + index + "; remove it with DROP INDEX CONCURRENTLY " + index));
        if (scripts.stream().allMatch(Script::isApplied)) {
            return DONE;
        }
        err.println("A migration has failed. Remove what stands in its way and what it has left, then: db repair");
        return TO_DO;
    }

    /** Several at once wait for each other, also for services that start. */
    private int migrate(String url) {
        FluentConfiguration configuration = Flyway.configure()
                .locations(config.getOptionalValue(LOCATIONS, String[].class).orElse(new String[] {"db/migration"}));
        Map<String, String> properties = driverProperties();
        configuration.dataSource(url, properties.remove("user"), properties.remove("password"));
        Map<String, String> further = new HashMap<>();
        properties.forEach((name, value) -> further.put("flyway.jdbcProperties." + name, value));
        configuration.configuration(further);
        // In the service, Quarkus has looked for them when it was built.
        Scanner<JavaMigration> scanner =
                new Scanner<>(JavaMigration.class, configuration, configuration.getLocations());
        configuration.resourceProvider(scanner);
        configuration.javaMigrationClassProvider(scanner);
        new Migrations().customize(configuration);
        try {
            MigrateResult result = configuration.load().migrate();
            for (MigrateOutput script : result.migrations) {
                out.println("applied " + script.version + " " + script.description);
            }
            if (result.migrations.isEmpty()) {
                out.println("Nothing to migrate");
            }
            return DONE;
        } catch (FlywayException e) {
            err.println(e.getMessage());
            return e instanceof FlywayMigrateException ? TO_DO : REFUSED;
        }
    }

    private int repair(SchemaHistory history) throws SQLException {
        List<String> forgotten = history.forgetFailed();
        forgotten.forEach(version -> out.println("repaired " + version + ": the next start runs it again"));
        if (forgotten.isEmpty()) {
            out.println("Nothing to repair");
        }
        return DONE;
    }
}
