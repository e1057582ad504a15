package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.time.Clock;
import java.util.Optional;

/** What every verb works with. */
record Workbench(Project project, Console console, Clock clock) {

    ScriptFolder scripts() {
        return ScriptFolder.read(project.migrations(), project.javaMigrations());
    }

    ScriptFolder undoScripts() {
        return ScriptFolder.read(project.undo());
    }

    /** @throws MigrationRefusal if the entities can't be read */
    DeclaredSchema model() {
        return DeclaredSchema.of(project.classes(), project.declaredSql());
    }

    MigratedSchema migrations() {
        return new MigratedSchema(project.migrations(), project.javaMigrations());
    }

    /** The database at a URL; without a URL, that of {@code quarkus:dev}. */
    Server database(Optional<String> url) {
        return url.map(DatabaseAddress::parse)
                .orElseGet(
                        () -> console.during("Starting PostgreSQL", () -> new DevelopmentDatabase(project).server()));
    }

    /** The database at a URL. */
    Server database(String url) {
        return DatabaseAddress.parse(url);
    }

    /** Scratch databases: on the given server, else on the development server if it runs, else on one that ends with the JVM. */
    ScratchDatabases scratch(Optional<String> url) {
        return new ScratchDatabases(url.map(DatabaseAddress::parse)
                .or(() -> new DevelopmentDatabase(project).runningEmbedded())
                .orElseGet(() -> console.during("Starting PostgreSQL", EmbeddedServer::passing)));
    }
}
