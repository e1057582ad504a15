package dev.tandem.init.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Lets a branch come after scripts with newer versions where a script merges the two, and nowhere else. Flyway would let either none or all
 * older scripts come, so it is told to take all, and this refuses a start that would take a wrong one.
 *
 * <p>The way back has the same question: an earlier release does not know what a later one has applied, also where that is older than what it
 * knows. Flyway is told to leave alone whatever it does not know, and this refuses what was there before scripts of this release.
 */
public final class OlderScripts implements Callback {

    private final ResourceProvider scripts;

    private OlderScripts(ResourceProvider scripts) {
        this.scripts = scripts;
    }

    /** Has Flyway take older scripts. What this returns must be among its callbacks. */
    public static OlderScripts allowed(FluentConfiguration configuration) {
        configuration.outOfOrder(true).ignoreMigrationPatterns("*:future", "*:missing");
        return new OlderScripts(configuration.getResourceProvider());
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "older scripts";
    }

    @Override
    public void handle(Event event, Context context) {
        List<MigrationVersion> history;
        try {
            history =
                    history(context.getConnection(), context.getConfiguration().getTable());
        } catch (SQLException e) {
            throw new FlywayException("Can't read which scripts are applied: " + e.getMessage(), e);
        }
        if (!history.isEmpty()) {
            Lineage lineage = new Lineage(texts());
            refuseOlder(lineage, history);
            refuseUnknown(lineage, history);
        }
    }

    /**
     * What has run, in the order in which it did. Of what failed, Flyway refuses only what this release knows, and a database in which a later
     * release has failed is no place for any.
     */
    private static List<MigrationVersion> history(Connection connection, String table) throws SQLException {
        List<MigrationVersion> versions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select version, success from \"" + table
                        + "\" where version is not null and type in ('SQL', 'JDBC') order by installed_rank");
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                MigrationVersion version = MigrationVersion.fromVersion(found.getString(1));
                if (!found.getBoolean(2)) {
                    throw new FlywayException("Detected failed migration to version " + version
                            + ". Remove what stands in its way and what it has left, then: db repair");
                }
                versions.add(version);
            }
        }
        return versions;
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        for (LoadableResource script : scripts.getResources("V", new String[] {".sql", ".java"})) {
            try (BufferedReader text = new BufferedReader(script.read())) {
                texts.put(script.getFilename(), text.lines().collect(Collectors.joining("\n")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static void refuseOlder(Lineage lineage, List<MigrationVersion> applied) {
        for (MigrationVersion script : lineage.versions()) {
            if (!applied.contains(script)) {
                applied.stream()
                        .filter(newer -> lineage.versions().contains(newer) && newer.compareTo(script) > 0)
                        .forEach(newer -> refuseUnlessMerged(script, newer, lineage));
            }
        }
    }

    private static void refuseUnlessMerged(MigrationVersion script, MigrationVersion newer, Lineage lineage) {
        String what =
                lineage.fileName(script) + " was not applied, and is older than what was, " + lineage.fileName(newer);
        if (lineage.follows(newer, script)) {
            throw new FlywayException(what + ", which follows it. It needs a newer version, or ./db stamp if the"
                    + " database has what it does. Nothing was migrated");
        }
        if (!lineage.areMerged(newer, script)) {
            throw new FlywayException(what + ", and no script merges the two: ./db merge them if both are deployed,"
                    + " ./db rebase one that is not. Nothing was migrated");
        }
    }

    /** A later release has applied it, if all newer ones that this release knows were there before. */
    private static void refuseUnknown(Lineage lineage, List<MigrationVersion> history) {
        List<MigrationVersion> before = new ArrayList<>();
        for (MigrationVersion version : history) {
            boolean isKnown = lineage.versions().contains(version);
            if (!isKnown
                    && lineage.versions().stream()
                            .anyMatch(newer -> newer.compareTo(version) > 0 && !before.contains(newer))) {
                throw new FlywayException(
                        "Version " + version + " is applied, but this release does not know it and"
                                + " has newer ones to come after it. If it was rebased, ./db upgrade first. Nothing was migrated");
            }
            before.add(version);
        }
    }
}
