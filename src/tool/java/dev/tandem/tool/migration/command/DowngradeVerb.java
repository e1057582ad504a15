package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code downgrade}: takes revisions back. */
@Command(
        name = "downgrade",
        description = {
            "Takes back revisions, the last one first, with the undo scripts that were proven together with them.",
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
            Optional<String> current = current(server);
            if (current.isEmpty() || !steps && Position.compare(current.get(), goal) <= 0) {
                break;
            }
            MigrationScript script = undo.of(current.get(), goal);
            undo.losses(script).forEach(loss -> console().warning("lost: " + loss));
            undo.run(script, server);
            console()
                    .line(console().green("took back ")
                            + String.join(", ", undo.versions(script).reversed())
                            + " "
                            + CurrentVerb.words(script.slug()));
        }
        console().line("now at " + current(server).orElse(Position.BASE));
        return ExitCode.OK;
    }

    private Optional<String> current(Server server) {
        return AppliedHistory.of(server, workbench.migrations()).currentVersion();
    }
}
