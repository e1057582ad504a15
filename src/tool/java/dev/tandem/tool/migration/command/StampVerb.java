package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stamp}: corrects the history without running anything. */
@Command(
        name = "stamp",
        description = {
            "Writes into the history that VERSION and what it follows, as they are now, have been applied, and no others.",
            "Runs none of them: for a schema that came about in another way, or a history that is in disorder."
        },
        footer = {"", "Example:", "  ./db stamp head"})
final class StampVerb extends Verb {

    private static final String HISTORY = "flyway_schema_history";

    @Mixin
    TargetOption target = new TargetOption();

    @Parameters(paramLabel = "VERSION", description = "head, base (nothing applied), a version or how it begins.")
    String to = Position.HEAD;

    StampVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        String version = Position.of(to, folder);
        List<MigrationScript> kept = Position.lineage(version, folder);
        Server server = workbench.database(target.url);
        forgetOthers(kept, server);
        new FailureNotes(server).clear();
        if (!kept.isEmpty()) {
            stamp(kept, server);
        }
        console().line("The history now ends at " + version);
        return ExitCode.OK;
    }

    private static void stamp(List<MigrationScript> scripts, Server server) {
        try (ChosenScripts chosen = new ChosenScripts(scripts)) {
            MigratedSchema migrations = chosen.history();
            migrations.flyway(server).load().repair();
            migrations.flyway(server).skipExecutingMigrations(true).load().migrate();
        } catch (FlywayException e) {
            throw new MigrationRefusal(
                    "Can't write the history: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** Deletes the rows of later scripts, of those of other branches, and of scripts that no longer exist. */
    private static void forgetOthers(List<MigrationScript> scripts, Server server) {
        List<String> kept = scripts.stream().map(MigrationScript::version).toList();
        try (Connection connection = server.connect();
                Statement exists = connection.createStatement();
                var found = exists.executeQuery("select to_regclass('" + HISTORY + "') is not null")) {
            found.next();
            if (!found.getBoolean(1)) {
                return;
            }
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from " + HISTORY + " where version is not null and not version = any (?)")) {
                delete.setArray(1, connection.createArrayOf("text", kept.toArray()));
                delete.executeUpdate();
            }
        } catch (SQLException e) {
            throw new MigrationRefusal("Can't write the history: " + e.getMessage(), e);
        }
    }
}
