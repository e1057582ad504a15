package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.migration.command.ExitCode;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Diff;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import dev.tandem.tool.model.project.Removal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undo}: takes a model back. */
@Command(
        name = "undo",
        description = {
            "Takes a model back, if nothing of it was changed since it was written; otherwise it says what was, exit code 1.",
            "If its migration is committed, or another one follows it, the scripts stay, and a new revision drops the table."
        },
        footer = {"", "Example:", "  ./model undo author"})
final class UndoVerb extends Verb {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    String word = "";

    @Option(names = "--diff", description = "Print the changes as git apply takes them, and make none.")
    boolean diff;

    UndoVerb(Checkout checkout, Console console) {
        super(checkout, console);
    }

    @Override
    int call(Models models) {
        Manifest manifest = models.get(word);
        Removal removal = new Removal(checkout, models);
        List<String> obstacles = removal.obstacles(manifest);
        if (!obstacles.isEmpty()) {
            obstacles.forEach(path -> console.line(console.yellow("changed ") + path));
            console.error("Nothing was taken back, because these were changed since; delete by hand what is to go");
            return ExitCode.TO_DO;
        }
        List<Change> changes = console.during("Taking the model back", () -> removal.changes(manifest));
        if (diff) {
            console.out().print(Diff.of(changes, checkout));
            console.out().flush();
            return ExitCode.OK;
        }
        make(changes);
        return ExitCode.OK;
    }
}
