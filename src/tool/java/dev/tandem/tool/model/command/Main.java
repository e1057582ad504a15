package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.model.project.Checkout;
import java.nio.file.Path;

/** The entry point of {@code ./model}. */
public final class Main {

    private Main() {}

    /** @param arguments the verb and its arguments; the project's folder comes as a system property */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("tandem.db.project", "."))
                .toAbsolutePath()
                .normalize();
        System.exit(ModelCommand.with(new Checkout(root), Console.ofProcess()).execute(arguments));
    }
}
