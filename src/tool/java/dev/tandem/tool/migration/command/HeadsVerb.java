package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.script.MigrationScript;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code heads}: the scripts that no other follows. */
@Command(
        name = "heads",
        description =
                "Shows the scripts that no other follows. More than one means that two branches were joined: exit code 1.",
        footer = {"", "Example:", "  ./db heads"})
final class HeadsVerb extends Verb {

    HeadsVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        List<MigrationScript> heads = workbench.scripts().heads();
        heads.forEach(head -> console().line(head.fileName()));
        if (heads.size() <= 1) {
            return ExitCode.OK;
        }
        console()
                .error("There are " + heads.size() + " heads: ./db rebase "
                        + heads.getLast().fileName()
                        + " if it is deployed nowhere, ./db merge -m \"...\" if all of them are");
        return ExitCode.TO_DO;
    }
}
