package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code downgrade}: takes revisions back. */
@Command(
        name = "downgrade",
        description = {
            "Takes back revisions, the last one first, with the undo scripts that were proven together with them.",
            "Of a revision that failed, takes back what was applied of it.",
            "Says what does not come back. Other databases than that of quarkus:dev need --yes-data-loss."
        },
        footer = {"", "Examples:", "  ./db downgrade -1", "  ./db downgrade 20261123030000", "  ./db downgrade base"})
final class DowngradeVerb extends Verb {

    @Mixin
    TargetOption target = new TargetOption();

    @Option(names = "--yes-data-loss", description = "What the undo scripts drop may be lost.")
    boolean yesDataLoss;

    @Parameters(
            paramLabel = "TARGET",
            description = "-N for the last N revisions, or the version, or how it begins, that is to be the last one.")
    String to = "";

    DowngradeVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        Undo undo = new Undo(workbench.undoScripts());
        boolean steps = to.matches("-\\d+");
        String goal = steps ? "" : Position.of(to, workbench.scripts());
        if (target.url.isPresent() && !yesDataLoss) {
            throw new MigrationRefusal(
                    "A downgrade may lose data for good; say --yes-data-loss for a database other than quarkus:dev's");
        }
        Server server = workbench.database(target.url);
        int left = steps ? -Integer.parseInt(to) : Integer.MAX_VALUE;
        for (; left > 0; left--) {
            AppliedHistory history = AppliedHistory.of(server, workbench.migrations());
            Optional<String> place = history.failed().or(history::currentVersion);
            if (steps && tookBackNothing(history, server)) {
                continue;
            }
            if (place.isEmpty() || !steps && Position.compare(place.get(), goal) <= 0) {
                break;
            }
            takeBack(place.get(), history, goal, undo, server);
        }
        new FailureNotes(server).clear();
        console().line("now at " + current(server).orElse(Position.BASE));
        return ExitCode.OK;
    }

    /** After an upgrade that left nothing, the failed revision is still the one that the user wants to take back. */
    private boolean tookBackNothing(AppliedHistory history, Server server) {
        FailureNotes notes = new FailureNotes(server);
        Optional<MigrationInfo> failed = history.pending().stream().findFirst().filter(script -> notes.version()
                .equals(Optional.of(script.getVersion().getVersion())));
        ScriptFolder folder = workbench.scripts();
        Undo undo = new Undo(workbench.undoScripts());
        if (failed.isEmpty() || HalfRevision.in(history, folder, undo).isPresent()) {
            return false;
        }
        notes.clear();
        console().line(CurrentVerb.name(failed.get()) + " has failed and left nothing to take back");
        return true;
    }

    private void takeBack(String place, AppliedHistory history, String goal, Undo undo, Server server) {
        ScriptFolder folder = workbench.scripts();
        Optional<HalfRevision> half = HalfRevision.in(history, folder, undo);
        undo.refuseInside(place, goal);
        MigrationScript script = half.isPresent() ? wayBack(half.get(), folder, undo, server) : undo.of(place, goal);
        undo.losses(script).forEach(loss -> console().warning("lost: " + loss));
        undo.run(script, server);
        console()
                .line(console().green("took back ")
                        + String.join(", ", undo.versions(script).reversed()) + " " + CurrentVerb.words(script.slug()));
    }

    private MigrationScript wayBack(HalfRevision half, ScriptFolder folder, Undo undo, Server server) {
        return console().during("Looking for the way back", () -> {
            try (ScratchDatabases databases = workbench.scratch(Optional.empty())) {
                return new HalfWayBack(half, folder, undo, workbench.migrations(), databases)
                        .from(new ScratchDatabase("the database", server));
            }
        });
    }

    private Optional<String> current(Server server) {
        return AppliedHistory.of(server, workbench.migrations()).currentVersion();
    }
}
