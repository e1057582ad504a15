package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./db} in this process. */
public final class CommandLineCall {

    private CommandLineCall() {}

    /** What a call has answered. */
    public record Answer(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** A call that makes its scratch databases on the tests' own server. */
    public static Answer in(Project project, String verb) {
        String url = Sandbox.url(EmbeddedServer.passing());
        return in(project, Clock.systemUTC(), verb, "--scratch-url", url);
    }

    static Answer in(Project project, Clock clock, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);
        int code = DatabaseCommand.with(new Workbench(project, console, clock)).execute(arguments);
        return new Answer(code, out.toString(), err.toString());
    }

    static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }
}
