package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code history}: the scripts, and which script each of them follows. */
@Command(
        name = "history",
        description = "Lists the scripts, newest first, with what each follows. Needs no database.",
        footer = {"", "Example:", "  ./db history"})
final class HistoryVerb extends Verb {

    HistoryVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        List<MigrationScript> heads = folder.heads();
        for (MigrationScript script : folder.scripts().reversed()) {
            List<String> parents = folder.parents(script);
            String parent = parents.isEmpty() ? "base" : String.join(", ", parents);
            console()
                    .line(parent + " -> " + script.version()
                            + (heads.contains(script) ? console().green(" (head)") : "") + " "
                            + CurrentVerb.words(script.slug()));
        }
        return ExitCode.OK;
    }
}
