package dev.tandem.tool.migration.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What the verbs have in common. */
abstract class Verb implements Callable<Integer> {

    final Workbench workbench;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Verb(Workbench workbench) {
        this.workbench = workbench;
    }

    /** @return one of {@link ExitCode} */
    @Override
    public abstract Integer call();

    final Console console() {
        return workbench.console();
    }
}
