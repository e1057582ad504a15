package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
            "Of branches that are merged, -1 takes back the merge, which changes nothing, and then that of the newest version.",
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
            description =
                    "-N for the last N revisions, or the version, or how it begins, that is to be the last one: all goes"
                            + " that it does not follow.")
    String to = "";

    DowngradeVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        Undo undo = new Undo(workbench.undoScripts());
        ScriptFolder folder = workbench.scripts();
        boolean steps = to.matches("-\\d+");
        String goal = steps ? "" : Position.of(to, folder);
        Predicate<String> goes = steps ? version -> true : beyond(goal, folder);
        if (target.url.isPresent() && !yesDataLoss) {
            throw new MigrationRefusal(
                    "A downgrade may lose data for good; say --yes-data-loss for a database other than quarkus:dev's");
        }
        Server server = workbench.database(target.url);
        int left = steps ? -Integer.parseInt(to) : Integer.MAX_VALUE;
        for (; left > 0; left--) {
            AppliedHistory history = AppliedHistory.of(server, folder);
            if (steps && tookBackNothing(history, undo, server)) {
                continue;
            }
            Optional<String> place =
                    HalfRevision.places(history, undo).stream().filter(goes).findFirst();
            if (place.isEmpty()) {
                break;
            }
            takeBack(place.get(), history, goal, undo, server);
        }
        new FailureNotes(server).clear();
        console()
                .line("now at "
                        + CurrentVerb.place(AppliedHistory.of(server, folder).endVersions()));
        return ExitCode.OK;
    }

    /** What goes for a version to be the last one: what it does not follow; of scripts that are gone, the newer ones. */
    private static Predicate<String> beyond(String goal, ScriptFolder folder) {
        List<String> stays = Position.lineage(goal, folder).stream()
                .map(MigrationScript::version)
                .toList();
        return version ->
                !stays.contains(version) && (folder.script(version).isPresent() || Position.compare(version, goal) > 0);
    }

    /** After an upgrade that left nothing, the failed revision is still the one that the user wants to take back. */
    private boolean tookBackNothing(AppliedHistory history, Undo undo, Server server) {
        FailureNotes notes = new FailureNotes(server);
        Optional<String> noted = notes.version();
        Optional<MigrationInfo> failed = history.pending().stream()
                .filter(script -> noted.equals(Optional.of(script.getVersion().getVersion())))
                .findFirst();
        if (failed.isEmpty() || HalfRevision.isIn(history, undo)) {
            return false;
        }
        notes.clear();
        console().line(CurrentVerb.name(failed.get()) + " has failed and left nothing to take back");
        return true;
    }

    private void takeBack(String place, AppliedHistory history, String goal, Undo undo, Server server) {
        Optional<HalfRevision> half = HalfRevision.at(place, history, undo);
        undo.refuseInside(place, goal);
        MigrationScript script = half.isPresent() ? wayBack(half.get(), undo, server) : undo.of(place, goal);
        undo.losses(script).forEach(loss -> console().warning("lost: " + loss));
        undo.run(script, server);
        console()
                .line(console().green("took back ")
                        + String.join(", ", undo.versions(script).reversed()) + " " + CurrentVerb.words(script.slug()));
    }

    private MigrationScript wayBack(HalfRevision half, Undo undo, Server server) {
        return console().during("Looking for the way back", () -> {
            try (ScratchDatabases databases = workbench.scratch(Optional.empty())) {
                return new HalfWayBack(half, undo, databases).from(new ScratchDatabase("the database", server));
            }
        });
    }
}
