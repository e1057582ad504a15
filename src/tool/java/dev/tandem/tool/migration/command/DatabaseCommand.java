package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command with all its verbs. */
@Command(
        name = "./db",
        synopsisSubcommandLabel = "VERB",
        description = "Keeps the database's schema in step with the entities.",
        footer = {
            "",
            "Exit codes: 0 done; 1 something is to be done (pending operations, two heads, findings); 2 refused, with",
            "the reason in one line; 3 a mistake in the tool itself; 130 interrupted.",
            "",
            "A change, from one end to the other:",
            "  ./db revision --autogenerate -m \"add language\"    write the script, proven by replaying it",
            "  ./db upgrade                                      apply it to the database of quarkus:dev",
            "  ./db check                                        what ./mvnw verify asks as well"
        })
final class DatabaseCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    private DatabaseCommand() {}

    /** The command line, ready to {@link CommandLine#execute}. */
    static CommandLine with(Workbench workbench) {
        CommandLine line = new CommandLine(new DatabaseCommand());
        verbs(workbench).forEach(line::addSubcommand);
        Console console = workbench.console();
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(110);
        line.setParameterExceptionHandler((failure, arguments) -> wrongUse(failure, console));
        line.setExecutionExceptionHandler((failure, command, result) -> failed(failure, console));
        // -1 is not an option.
        line.getSubcommands().get("downgrade").setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(new CommandLine(this), "Say what to do");
    }

    private static List<Verb> verbs(Workbench workbench) {
        return List.of(
                new RevisionVerb(workbench),
                new CheckVerb(workbench),
                new UpgradeVerb(workbench),
                new DowngradeVerb(workbench),
                new CurrentVerb(workbench),
                new HistoryVerb(workbench),
                new HeadsVerb(workbench),
                new RebaseVerb(workbench),
                new MergeVerb(workbench),
                new StampVerb(workbench),
                new RepairVerb(workbench),
                new SqlVerb(workbench),
                new LintVerb(workbench),
                new VerifyVerb(workbench),
                new DiffVerb(workbench));
    }

    private static int wrongUse(ParameterException failure, Console console) {
        String message = failure.getMessage().lines().findFirst().orElse("Wrong use");
        String verb = failure.getCommandLine().getCommandSpec().parent() == null
                ? ""
                : " " + failure.getCommandLine().getCommandName();
        boolean noVerb = verb.isEmpty()
                && failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption();
        console.error(
                (noVerb ? unknown((UnmatchedArgumentException) failure) : message) + "; see ./db" + verb + " --help");
        return ExitCode.REFUSED;
    }

    private static String unknown(UnmatchedArgumentException failure) {
        String similar = failure.getSuggestions().stream()
                .findFirst()
                .map(verb -> ", but " + verb)
                .orElse("");
        return "There is no verb " + failure.getUnmatched().get(0) + similar;
    }

    private static int failed(Exception failure, Console console) {
        if (failure instanceof MigrationRefusal) {
            console.error(failure.getMessage());
            return ExitCode.REFUSED;
        }
        console.bug(failure);
        return ExitCode.BUG;
    }
}
