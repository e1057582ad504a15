package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Scripts in a private folder: Flyway runs those that a database lacks, and sees no others. */
public final class ChosenScripts implements AutoCloseable {

    private final Path folder;

    /** @param scripts also those that the database has applied, which Flyway would miss otherwise */
    public ChosenScripts(Collection<MigrationScript> scripts) {
        try {
            folder = Files.createTempDirectory("tandem-scripts");
        } catch (IOException e) {
            throw unwritten(e);
        }
        scripts.forEach(this::add);
    }

    /**
     * Applies those that a database lacks. Without any, the database stays without Flyway's table.
     *
     * @throws MigrationRefusal if one fails
     */
    public static void apply(Collection<MigrationScript> scripts, Server server) {
        apply(scripts, history -> history.migrate(server));
    }

    /** Applies those that a scratch database lacks, as {@link #apply(Collection, Server)} does. */
    public static void apply(Collection<MigrationScript> scripts, ScratchDatabase database) {
        apply(scripts, history -> history.migrate(database));
    }

    private static void apply(Collection<MigrationScript> scripts, Consumer<MigratedSchema> migrate) {
        if (scripts.isEmpty()) {
            return;
        }
        try (ChosenScripts chosen = new ChosenScripts(scripts)) {
            migrate.accept(chosen.history());
        }
    }

    /** One more. */
    public void add(MigrationScript script) {
        try {
            Files.writeString(folder.resolve(script.fileName()), script.text());
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /** The history that they are. A branch may be older than what is applied. */
    public MigratedSchema history() {
        return new MigratedSchema(folder).inAnyOrder();
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MigrationRefusal unwritten(IOException e) {
        return new MigrationRefusal("Can't write a temporary folder: " + e.getMessage(), e);
    }
}
