package dev.tandem.init.maintenance;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The entry point: the service, or with {@code db} as its first argument a command about the database. */
@QuarkusMain
public final class Main {

    private static final String DATABASE = "db";

    /** Quarkus makes a bean of it. */
    Main() {}

    /** @param arguments none for the service */
    public static void main(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals(DATABASE)) {
            Quarkus.run(arguments);
            return;
        }
        List<String> verbs = Arrays.asList(arguments).subList(1, arguments.length);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(command(verbs, out, err));
    }

    private static int command(List<String> verbs, PrintWriter out, PrintWriter err) {
        try {
            // The same settings as the service has, of which none is running here.
            return new SchemaCommand(ConfigUtils.configBuilder().build(), out, err).run(verbs);
        } catch (UncheckedIOException e) {
            // A file that a setting names.
            err.println(e.getMessage());
            return SchemaCommand.REFUSED;
        }
    }
}
