package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.migration.command.ExitCode;
import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.project.Checkout;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command with all its verbs. */
@Command(
        name = "./model",
        synopsisSubcommandLabel = "VERB",
        description = "Writes the ten steps of a new model, gives it more fields, and takes it back.",
        footer = {
            "",
            "Exit codes: 0 done; 1 something is to be done by hand; 2 refused, with the reasons; 3 a mistake in the tool itself.",
            "",
            "Examples:",
            "  ./model new author name:string:1..200:required:unique kind:enum:person,group born:date",
            "  ./model new author .. --diff                      show what that would change",
            "  ./model add author nickname:string:0..100         give it one more field",
            "  ./model undo author                               take it back",
            "",
            "docs/model.md has the types."
        })
public final class ModelCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    private ModelCommand() {}

    /** The command line, ready to {@link CommandLine#execute}. */
    public static CommandLine with(Checkout checkout, Console console) {
        CommandLine line = new CommandLine(new ModelCommand());
        for (Verb verb : List.of(
                new NewVerb(checkout, console),
                new AddVerb(checkout, console),
                new UndoVerb(checkout, console),
                new StatusVerb(checkout, console))) {
            line.addSubcommand(verb);
        }
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(120);
        line.setParameterExceptionHandler((failure, arguments) -> wrongUse(failure, console));
        line.setExecutionExceptionHandler((failure, command, result) -> failed(failure, console));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(new CommandLine(this), "Say what to do");
    }

    private static int wrongUse(ParameterException failure, Console console) {
        String message = failure.getMessage().lines().findFirst().orElse("Wrong use");
        String verb = failure.getCommandLine().getCommandSpec().parent() == null
                ? ""
                : " " + failure.getCommandLine().getCommandName();
        console.error(message + "; see ./model" + verb + " --help");
        return ExitCode.REFUSED;
    }

    private static int failed(Exception failure, Console console) {
        if (failure instanceof ModelRefusal) {
            console.error(failure.getMessage());
            return ExitCode.REFUSED;
        }
        console.bug(failure);
        return ExitCode.BUG;
    }
}
