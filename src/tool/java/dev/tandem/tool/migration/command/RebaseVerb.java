package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rebase}: resolves two heads. */
@Command(
        name = "rebase",
        description = {
            "Where two branches have each added scripts, puts those of one behind those of the other.",
            "They get new versions and new parents, and are proven again. Undo scripts move along.",
            "For branches of which one is deployed nowhere yet; where all are, merge them."
        },
        footer = {"", "Example:", "  ./db rebase V20261124090000__add_language.sql"})
final class RebaseVerb extends Verb {

    @Mixin
    ScratchOption scratch = new ScratchOption();

    @Parameters(paramLabel = "FILE", description = "The last script of the branch that is to come second.")
    Path file = Path.of("");

    RebaseVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        folder.refuseStrayParents();
        List<MigrationScript> heads = folder.heads();
        if (heads.size() < 2) {
            throw new MigrationRefusal("There is nothing to mend: the scripts have one head");
        }
        String name = file.getFileName().toString();
        MigrationScript head = heads.stream()
                .filter(script -> script.fileName().equals(name))
                .findFirst()
                .orElseThrow(() -> new MigrationRefusal(name + " is no head; the heads are "
                        + String.join(
                                ", ",
                                heads.stream().map(MigrationScript::fileName).toList())));
        Rebase rebase = Rebase.of(
                folder, workbench.undoScripts(), head, workbench.clock().instant());
        refuseIfApplied(rebase);
        Rebase proven = console().during("Proving the scripts in their new order", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url)) {
                return new RebaseProof(rebase, databases).proven();
            }
        });
        proven.write(workbench.project())
                .forEach(written -> console().line(console().green("wrote ") + written));
        return ExitCode.OK;
    }

    /** The database would keep versions whose files no longer exist. */
    private void refuseIfApplied(Rebase rebase) {
        DevelopmentDatabase development = new DevelopmentDatabase(workbench.project());
        if (!development.exists()) {
            return;
        }
        AppliedHistory history = AppliedHistory.of(development.server(), workbench.scripts());
        rebase.moved().stream()
                .filter(script -> history.isApplied(script.version()))
                .findFirst()
                .ifPresent(script -> {
                    throw new MigrationRefusal(script.fileName()
                            + " is applied to the development database: ./db downgrade -1 first, then rebase");
                });
    }
}
