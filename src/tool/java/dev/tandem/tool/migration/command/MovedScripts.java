package dev.tandem.tool.migration.command;

import dev.tandem.database.migration.RowMigration;
import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Scripts that {@code rebase} has moved. Each says which versions it had, so that a database that has applied it under one of these is told
 * its new version instead of running it again.
 */
record MovedScripts(ScriptFolder folder) {

    private static final Pattern WAS = Pattern.compile("(?m)^(?:--|//) was: (\\d+)$");

    /** The script with a new version, and with a note of the one that it had. */
    static MigrationScript moved(MigrationScript script, String version) {
        return script.at(version, script.comment() + "was: " + script.version() + "\n");
    }

    /** Whether a script had another version, under which a database may have applied it before what it follows now. */
    static boolean isMoved(MigrationScript script) {
        return WAS.matcher(script.text()).find();
    }

    /** Gives moved scripts their new versions in a history. */
    void follow(Server server, AppliedHistory history) {
        for (MigrationScript script : folder.scripts()) {
            List<String> before = WAS.matcher(script.text())
                    .results()
                    .map((MatchResult version) -> version.group(1))
                    .toList();
            boolean there = history.isApplied(script.version());
            for (String version : before) {
                if (!there && history.isApplied(version)) {
                    rename(version, script, server);
                    there = true;
                }
            }
        }
    }

    private static void rename(String version, MigrationScript script, Server server) {
        try (Connection connection = server.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update flyway_schema_history set version = ?, description = ?, script = ?, checksum = ? where"
                                + " version = ? and success")) {
            update.setString(1, script.version());
            update.setString(2, script.slug().replace('_', ' '));
            update.setString(3, script.historyName());
            update.setInt(4, RowMigration.checksum(script.text()));
            update.setString(5, version);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new MigrationRefusal("Can't write the history: " + Server.oneLine(e), e);
        }
    }
}
