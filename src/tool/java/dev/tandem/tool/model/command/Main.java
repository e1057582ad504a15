package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.model.project.Checkout;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The entry point of {@code ./model}. */
public final class Main {

    private Main() {}

    /** @param arguments the verb and its arguments; the project's folder comes as a system property */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("tandem.db.project", "."))
                .toAbsolutePath()
                .normalize();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Console console = new Console(out, err, Boolean.getBoolean("tandem.db.colours"));
        System.exit(ModelCommand.with(new Checkout(root), console).execute(arguments));
    }
}
