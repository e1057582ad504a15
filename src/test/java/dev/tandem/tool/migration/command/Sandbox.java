package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.entity.IndexCursorEntity;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A project of one entity and one script, with a database of its own, and the command line in this process. The rest of a test's model is
 * declared as SQL.
 */
final class Sandbox implements AutoCloseable {

    static final String FIRST = "20260101000000";

    private static final String FIRST_NAME = "V" + FIRST + "__create_index_cursor.sql";

    /** As the tool writes it for the entity; once for all tests. */
    private static @Nullable String firstScript;

    final Project project;

    private final ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing());
    private final List<String> before = scratchDatabases();
    private @Nullable ScratchDatabase database;
    private Instant now = Instant.parse("2025-12-31T23:59:00Z");

    Sandbox(Path root) throws IOException {
        project = new Project(root);
        String entity = IndexCursorEntity.class.getName().replace('.', '/') + ".class";
        Path copy = project.classes().resolve(entity);
        Files.createDirectories(copy.getParent());
        try (InputStream bytes = IndexCursorEntity.class.getClassLoader().getResourceAsStream(entity)) {
            Files.copy(bytes, copy);
        }
        model("");
        addFirstScript();
        now = Instant.parse("2026-03-04T05:06:07Z");
    }

    private void addFirstScript() throws IOException {
        synchronized (Sandbox.class) {
            if (firstScript == null) {
                CommandLineCall.Answer answer = db("revision", "--autogenerate", "-m", "create index cursor");
                assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.OK);
                firstScript = read(FIRST_NAME);
                Files.delete(project.undo().resolve(FIRST_NAME.replaceFirst("V", "U")));
            }
            script(FIRST_NAME, firstScript);
        }
    }

    /** Runs {@code ./db}. */
    CommandLineCall.Answer db(String... arguments) {
        now = now.plusSeconds(60);
        return CommandLineCall.in(project, Clock.fixed(now, ZoneOffset.UTC), arguments);
    }

    /** Runs {@code ./db .. --url} for the sandbox's own database. */
    CommandLineCall.Answer dbHere(String... arguments) {
        return db(CommandLineCall.with(arguments, "--url", url(database().server())));
    }

    static String url(Server server) {
        return server.url().replace("jdbc:postgresql://", "postgresql://postgres:postgres@");
    }

    /** The project's database, empty at first. */
    ScratchDatabase database() {
        if (database == null) {
            database = databases.create();
        }
        return database;
    }

    /** Declares what there is besides the entity. */
    void model(String sql) throws IOException {
        Files.createDirectories(project.declaredSql());
        Files.writeString(project.declaredSql().resolve("after.sql"), sql);
    }

    String model() throws IOException {
        return Files.readString(project.declaredSql().resolve("after.sql"));
    }

    Path script(String name, String text) throws IOException {
        Files.createDirectories(project.migrations());
        return Files.writeString(project.migrations().resolve(name), text);
    }

    /** The scripts' names, oldest first. */
    List<String> scripts() throws IOException {
        return names(project.migrations());
    }

    List<String> undoScripts() throws IOException {
        return Files.isDirectory(project.undo()) ? names(project.undo()) : List.of();
    }

    String read(String script) throws IOException {
        return Files.readString(project.migrations().resolve(script));
    }

    void run(String sql) throws SQLException {
        database().run(sql);
    }

    /** The databases that verbs have made and not dropped. */
    List<String> leftovers() {
        return scratchDatabases().stream()
                .filter(name -> !before.contains(name))
                .filter(name -> database == null || !name.equals(database.name()))
                .toList();
    }

    private static List<String> scratchDatabases() {
        return new ScratchDatabase("the server", EmbeddedServer.passing())
                .rows("select datname from pg_database where datname like 'tandem\\_scratch\\_%'").stream()
                        .map(row -> row.get(0))
                        .toList();
    }

    @Override
    public void close() {
        databases.close();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
