package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.lint.Losses;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.script.ScriptWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The undo scripts, and how to run them. One takes back all the scripts of its revision. */
record Undo(ScriptFolder folder) {

    /** It is better to fail than to make everybody queue behind a lock that this session waits for. */
    static final String LOCK_TIMEOUT = "set local lock_timeout = '5s'";

    /**
     * The script that takes back the revision that ends with a version.
     *
     * @param goal the version to stop at; a revision cannot be taken back in part
     * @throws MigrationRefusal if there is none, or if it would lead past the goal
     */
    MigrationScript of(String version, String goal) {
        MigrationScript script = folder.scripts().stream()
                .filter(undo -> versions(undo).contains(version))
                .findFirst()
                .orElseThrow(() -> new MigrationRefusal("There is no way back from " + version + ": nothing in "
                        + folder.paths().getFirst().getFileName() + " undoes it"));
        String last = versions(script).getLast();
        if (!last.equals(version)) {
            throw new MigrationRefusal(version
                    + " is in the middle of a revision, which is taken back as a whole; upgrade to " + last + " first");
        }
        refuseInside(version, goal);
        return script;
    }

    /** @throws MigrationRefusal if the way back from a version would stop within its revision */
    void refuseInside(String version, String goal) {
        List<String> revision = revision(version);
        if (revision.size() > 1 && revision.contains(goal)) {
            throw new MigrationRefusal(goal + " is in the middle of a revision; go back to before " + revision.get(0));
        }
    }

    /** The scripts that take back a revision that ends with this version. */
    List<MigrationScript> endingWith(String version) {
        return folder.scripts().stream()
                .filter(undo ->
                        !versions(undo).isEmpty() && versions(undo).getLast().equals(version))
                .toList();
    }

    /** The versions of the revision that a version belongs to; only itself if nothing takes it back. */
    List<String> revision(String version) {
        return folder.scripts().stream()
                .map(this::versions)
                .filter(versions -> versions.contains(version))
                .findFirst()
                .orElse(List.of(version));
    }

    /** The versions that a script takes back, oldest first. */
    List<String> versions(MigrationScript script) {
        return ScriptWriter.undone(script);
    }

    /** What a script removes and nothing brings back. */
    List<String> losses(MigrationScript script) {
        return Losses.of(script.text());
    }

    /** @throws MigrationRefusal if PostgreSQL refuses; the failed transaction is rolled back, and the history stays correct */
    void run(MigrationScript script, Server server) {
        List<String> transactions = ScriptWriter.transactions(script);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions.size(); i++) {
                statement.execute(LOCK_TIMEOUT);
                statement.execute(transactions.get(i));
                if (i == transactions.size() - 1) {
                    forget(script, connection);
                }
                connection.commit();
            }
        } catch (SQLException e) {
            throw new MigrationRefusal(script.undoName() + " failed: " + Server.oneLine(e), e);
        }
    }

    private void forget(MigrationScript script, Connection connection) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from flyway_schema_history where version = any (?)")) {
            delete.setArray(1, connection.createArrayOf("text", versions(script).toArray()));
            delete.executeUpdate();
        }
    }
}
