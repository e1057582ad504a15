package dev.tandem.init.maintenance;

import dev.tandem.database.connection.SchemaHistory;
import dev.tandem.database.connection.SchemaHistory.Script;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.api.MigrationVersion;

/** {@code db history} and {@code db repair} of the packaged service: which migrations are applied, and another try for one that failed. */
public final class SchemaCommand {

    /** The exit codes are those of {@code ./db}. */
    private static final int DONE = 0;

    private static final int TO_DO = 1;
    private static final int REFUSED = 2;

    private static final String JDBC = "quarkus.datasource.jdbc.";
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
        boolean isHistory = arguments.equals(List.of("history"));
        if (!isHistory && !arguments.equals(List.of("repair"))) {
            err.println("db history: the migrations that were applied, and the one that failed");
            err.println("db repair: forgets that a migration failed, so that the next start runs it again");
            return REFUSED;
        }
        Optional<String> url = config.getOptionalValue(JDBC + "url", String.class);
        if (url.isEmpty()) {
            err.println("Set " + JDBC + "url or quarkus.datasource.reactive.url, as for the service");
            return REFUSED;
        }
        try (SchemaHistory history = SchemaHistory.open(url.get(), driverProperties())) {
            return isHistory ? show(history) : repair(history);
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

    private int repair(SchemaHistory history) throws SQLException {
        List<String> forgotten = history.forgetFailed();
        forgotten.forEach(version -> out.println("repaired " + version + ": the next start runs it again"));
        if (forgotten.isEmpty()) {
            out.println("Nothing to repair");
        }
        return DONE;
    }
}
