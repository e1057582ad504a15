package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.Project;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.LogManager;

/** Where {@code ./db} enters. */
public final class Main {

    private Main() {}

    /** @param arguments the verb and what belongs to it; the project's folder comes as a system property */
    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("tandem.db.project", "."))
                .toAbsolutePath()
                .normalize();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Console console = new Console(out, err, Boolean.getBoolean("tandem.db.colours"));
        Path classes = Path.of(System.getProperty("tandem.db.classes", root + "/target/classes"));
        Workbench workbench = new Workbench(new Project(root, classes), console, Clock.systemUTC());
        quiet();
        System.exit(DatabaseCommand.with(workbench).execute(arguments));
    }

    /** What Flyway, Hibernate and the embedded PostgreSQL have to say is for others; failures arrive as exceptions. */
    private static void quiet() {
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
    }
}
