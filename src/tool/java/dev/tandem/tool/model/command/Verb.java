package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Journal;
import dev.tandem.tool.model.project.Models;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What the verbs have in common. */
abstract class Verb implements Callable<Integer> {

    final Checkout checkout;
    final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Verb(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    /** @return one of {@link dev.tandem.tool.migration.command.ExitCode} */
    @Override
    public final Integer call() {
        if (new Journal(checkout).takeBack()) {
            console.warning("note: a call before this one was interrupted; what it had begun was taken back");
        }
        return call(new Models(checkout));
    }

    abstract int call(Models models);

    /** Makes changes, and says so. */
    final void make(List<Change> changes) {
        new Journal(checkout).make(changes);
        changes.forEach(change -> console.line(console.green(change.sign()) + " " + change.path()));
    }
}
