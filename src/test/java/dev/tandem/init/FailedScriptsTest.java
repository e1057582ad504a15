package dev.tandem.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.UsesScratchServer;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start after a start that could not build an index. */
@UsesScratchServer
class FailedScriptsTest {

    private static final String BUILD = "create unique index concurrently uq_book_title on book (title);\n";

    @TempDir
    Path folder;

    @Test
    void runAgainWhenTheRowsAreRight() throws Exception {
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing())) {
            ScratchDatabase database = books(databases, "drop index concurrently if exists uq_book_title;\n" + BUILD);
            assertThatThrownBy(() -> start(database)).isInstanceOf(FlywayException.class);
            assertThatThrownBy(() -> start(database)).hasMessageContaining("is duplicated");
            database.run("delete from book where id = 2");

            start(database);

            assertThat(database.rows("select success from flyway_schema_history where version = '2'"))
                    .containsExactly(java.util.List.of("t"));
        }
    }

    @Test
    void waitForSomebodyWhereTheyDoNotRemoveWhatTheyLeft() throws Exception {
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing())) {
            ScratchDatabase database = books(databases, BUILD);
            assertThatThrownBy(() -> start(database)).hasMessageContaining("is duplicated");
            database.run("delete from book where id = 2");

            assertThatThrownBy(() -> start(database)).hasMessageContaining("failed migration to version 2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                BUILD,
                "drop index concurrently if exists other;\n" + BUILD,
                "drop index concurrently if exists uq_book_title;\n" + BUILD + "update book set title = 'x';",
                "vacuum book"
            })
    void areOnlyThoseThatMayRunTwice(String sql) {
        assertThat(FailedScripts.repeatable(sql)).isFalse();
    }

    /** As the tool writes it: what was filled before the failure stays, and VACUUM keeps Flyway from opening a transaction. */
    @Test
    void goOnBehindThePortionsThatAreDone() throws Exception {
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing())) {
            ScratchDatabase database = books(databases, """
                    -- runs again after a failure
                    do $$
                    begin
                        for n in 1 .. 2 loop
                            update book set title = title || 1 / (3 - id - id / 2) where id = n and title !~ '[0-9]';
                            commit;
                        end loop;
                    end $$;
                    vacuum book;
                    """);
            assertThatThrownBy(() -> start(database)).hasMessageContaining("division by zero");
            assertThat(database.rows("select title from book order by id"))
                    .containsExactly(java.util.List.of("Momo0"), java.util.List.of("Momo"));
            database.run("update book set id = 3 where id = 2");

            start(database);

            assertThat(database.rows("select success from flyway_schema_history where version = '2'"))
                    .containsExactly(java.util.List.of("t"));
        }
    }

    private ScratchDatabase books(ScratchDatabases databases, String script) throws Exception {
        Files.writeString(
                folder.resolve("V1__book.sql"),
                "create table book (id int, title text); insert into book values (1, 'Momo'), (2, 'Momo');");
        Files.writeString(folder.resolve("V2__unique.sql"), "-- a comment; with more\n" + script);
        return databases.create();
    }

    private void start(ScratchDatabase database) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader files = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(files);
            Flyway flyway = new MigratedSchema(folder)
                    .flyway(database.server())
                    .callbacks(new FailedScripts(""))
                    .load();
            flyway.migrate();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
