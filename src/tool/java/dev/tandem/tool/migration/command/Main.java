package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.Project;
import java.nio.file.Path;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.LogManager;

/** The entry point of {@code ./db}. */
public final class Main {

    private Main() {}

    /** @param arguments the verb and its arguments; the project's folder comes as a system property */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("tandem.db.project", "."))
                .toAbsolutePath()
                .normalize();
        Path classes = Path.of(System.getProperty("tandem.db.classes", root + "/target/classes"));
        Workbench workbench = new Workbench(new Project(root, classes), Console.ofProcess(), Clock.systemUTC());
        quiet();
        System.exit(DatabaseCommand.with(workbench).execute(arguments));
    }

    /** Silences Flyway, Hibernate and the embedded PostgreSQL; their failures arrive as exceptions. */
    private static void quiet() {
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
    }
}
