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
 * knows. Flyway is told to leave alone whatever it does not know, and this refuses what was not applied last.
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
        List<Note> history;
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

    /** What Flyway has noted of a script that ran. */
    private record Note(MigrationVersion version, boolean succeeded) {}

    /** In the order in which they ran. */
    private static List<Note> history(Connection connection, String table) throws SQLException {
        List<Note> notes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select version, success from \"" + table
                        + "\" where version is not null and type in ('SQL', 'JDBC') order by installed_rank");
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                notes.add(new Note(MigrationVersion.fromVersion(found.getString(1)), found.getBoolean(2)));
            }
        }
        return notes;
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        for (LoadableResource script : scripts.getResources("V", new String[] {".sql"})) {
            try (BufferedReader text = new BufferedReader(script.read())) {
                texts.put(script.getFilename(), text.lines().collect(Collectors.joining("\n")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static void refuseOlder(Lineage lineage, List<Note> history) {
        List<MigrationVersion> applied = history.stream().map(Note::version).toList();
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

    /** A later release may have applied it only if all that this release knows was there before. */
    private static void refuseUnknown(Lineage lineage, List<Note> history) {
        for (int i = 0; i < history.size(); i++) {
            Note note = history.get(i);
            boolean isKnown = lineage.versions().contains(note.version());
            if (!isKnown && !note.succeeded()) {
                throw new FlywayException("Detected failed migration to version " + note.version()
                        + ", which this release does not know. Nothing was migrated");
            }
            List<Note> later = history.subList(i + 1, history.size());
            if (!isKnown
                    && later.stream()
                            .anyMatch(other -> lineage.versions().contains(other.version())
                                    && other.version().compareTo(note.version()) > 0)) {
                throw new FlywayException(
                        "Version " + note.version() + " was applied before others of this release, which"
                                + " does not know it. Nothing was migrated");
            }
        }
    }
}
