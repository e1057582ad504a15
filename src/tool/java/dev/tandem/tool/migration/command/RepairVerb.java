package dev.tandem.tool.migration.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code repair}: forgets a failure, so that the script can run again. */
@Command(
        name = "repair",
        description = {
            "Deletes from the history that a script failed, so that upgrade and the application run it again.",
            "Remove first what the script has left. Scripts that build indexes do that themselves, and need no repair."
        },
        footer = {"", "Example:", "  ./db repair --url postgresql://tandem:secret@db.example.org/tandem"})
final class RepairVerb extends Verb {

    @Mixin
    TargetOption target = new TargetOption();

    RepairVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        FailureNotes notes = new FailureNotes(workbench.database(target.url));
        List<String> forgotten = notes.forgetFailed();
        notes.clear();
        forgotten.forEach(version -> console().line(console().green("repaired ") + version + " can run again"));
        if (forgotten.isEmpty()) {
            console().line("Nothing to repair");
        }
        return ExitCode.OK;
    }
}
