package dev.tandem.tool.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Rename;
import dev.tandem.tool.migration.diff.Statements;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tool does not do unasked: guess renames, lose data, drop what it doesn't know. */
@Thorough
@Execution(CONCURRENT)
class GuardsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path folder;

    private static Server server;

    private ScratchDatabases databases;
    private Library library;

    @BeforeAll
    static void start() {
        server = EmbeddedServer.alone();
    }

    @BeforeEach
    void open() {
        databases = new ScratchDatabases(server);
        library = new Library(databases, folder);
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        alter table book rename column pages to page_count            | --rename book.pages:page_count
        alter table book drop column pages, add column weight integer | --rename book.pages:weight
        alter table book drop column pages, add column weight bigint  | --rename book.pages:weight
        alter table book drop column pages, add column weight text    | --rename book.pages:weight
        alter table book drop column isbn, add column number integer  | --rename book.isbn:number
        alter table loan rename to lending                            | --rename loan:lending
        alter table loan rename to "Lending"                          | --rename loan:"Lending"
        alter type mood rename value 'ok' to 'fine'                   | --rename mood.ok:fine
        """)
    void asksWhatMayBeARename(String change, String advice) throws SQLException {
        Revisions revisions = new Revisions(library.history(""), library.model(change));

        assertThatThrownBy(() -> revisions.pending(Choices.NONE))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining(advice)
                .hasMessageContaining("--no-rename");
    }

    @Test
    void doesNotAskAboutColumnsOfDifferentTypes() throws SQLException {
        Revisions revisions = new Revisions(
                library.history(""), library.model("alter table book drop column pages, add column weight inet"));

        assertThat(revisions.pending(Choices.NONE).operations())
                .extracting(Operation::description)
                .containsExactly("drop column book.pages", "add column book.weight");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere.a:b, There is no table nowhere",
        "book.nothing:page_count, There is no column nothing in book",
        "book.pages:nothing, The model has no column nothing in book",
        "nowhere:somewhere, There is no table nowhere to rename",
        "mood.none:ok, The type mood has no value none"
    })
    void refusesRenamesOfWhatIsNotThere(String rename, String message) throws SQLException {
        Revisions revisions =
                new Revisions(library.history(""), library.model("alter table book rename column pages to page_count"));
        Choices choices = new Choices(List.of(Rename.parse(rename)), false, Set.of(), Map.of());

        assertThatThrownBy(() -> revisions.pending(choices))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        author.born=now()  | place point not null    | Say --backfill author.place=..
        author.paper='A4'  | born_at text not null   | --backfill author.paper fills nothing
        author.paper='A4'  | paper text default 'A5' | --backfill author.paper fills nothing
        """)
    void refusesBackfillsThatDoNotFit(String said, String column, String advice) throws SQLException {
        Revisions revisions =
                new Revisions(library.history(""), library.model("alter table author add column " + column));
        Map<String, String> backfills = Map.of(said.split("=")[0], said.split("=")[1]);
        Choices choices = new Choices(List.of(), false, Set.of(), backfills);

        assertThatThrownBy(() -> revisions.make("fill", choices, Optional.of(Library.SECOND), NOW))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining(advice);
    }

    @Test
    void holdsBackWhatLosesData() throws SQLException {
        Revisions revisions = new Revisions(library.history(""), library.model("""
            alter table book drop column meta, add column weight integer;
            alter table author alter column name type varchar(20);
            drop table loan;
            """));

        Revision revision = revisions.make("weigh", Choices.NONE, Optional.of(Library.SECOND), NOW);

        assertThat(revision.difference().heldBack())
                .extracting(Operation::description)
                .containsExactlyInAnyOrder("drop column book.meta", "narrow type author.name", "drop table loan");
        assertThat(executed(revision)).singleElement().asString().contains("ADD COLUMN weight");
        assertThat(text(revision))
                .contains("-- DESTRUCTIVE, held back: drop table loan (--allow-drop loan)")
                .contains("-- DROP TABLE loan;");
    }

    @Test
    void dropsExactlyWhatIsAllowed() throws SQLException {
        Revisions revisions =
                new Revisions(library.history(""), library.model("alter table book drop column meta; drop table loan"));
        Choices choices = new Choices(List.of(), false, Set.of("loan"), Map.of());

        Revision revision = revisions.make("no loans", choices, Optional.of(Library.SECOND), NOW);

        assertThat(executed(revision)).containsExactly("DROP TABLE loan");
    }

    /** PostgreSQL would cut the names with the explicit cast that comparisons like to write; without it, it refuses. */
    @Test
    void narrowingNeverTruncates() throws SQLException {
        Replay history = library.history("");
        ScratchDatabase installation = history.atHead();
        installation.run(
                "insert into author (name) select repeat('x', 60 - length(n::text)) || n from generate_series(1, 1000)"
                        + " n");
        Revisions revisions =
                new Revisions(history, library.model("alter table author alter column name type varchar(20)"));
        Choices choices = new Choices(List.of(), false, Set.of("author.name"), Map.of());

        Revision revision = revisions.make("shorter names", choices, Optional.of(Library.SECOND), NOW);
        revision.scripts().forEach(script -> library.write(script.fileName(), script.text()));

        assertThat(revision.warnings())
                .anyMatch(warning -> warning.contains("value too long for type character varying(20)"));
        assertThat(text(revision)).doesNotContain("USING");
        assertThatThrownBy(() -> history.history().migrate(installation))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining("value too long");
        assertThat(installation.rows("select count(*), min(length(name)) from author"))
                .containsExactly(List.of("1000", "60"));
    }

    @Test
    void reportsUndeclaredObjectsAndLeavesThemAlone() throws SQLException {
        Revisions revisions = new Revisions(library.history("""
            create extension pg_trgm;
            create view titles as select title from book;
            create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
            create trigger tr_touch before update on book for each row execute function touch();
            """), library.model(""));

        Difference difference = revisions.pending(Choices.NONE);

        assertThat(difference.operations()).isEmpty();
        assertThat(difference.drift())
                .extracting(Operation::description)
                .containsExactlyInAnyOrder(
                        "drop extension pg_trgm",
                        "drop view titles",
                        "drop function touch()",
                        "drop trigger book.tr_touch");
        assertThat(revisions
                        .make("nothing", Choices.NONE, Optional.of(Library.SECOND), NOW)
                        .scripts())
                .isEmpty();
    }

    private static List<String> executed(Revision revision) {
        return Statements.in(text(revision)).stream()
                .filter(sql -> !sql.startsWith("SET LOCAL"))
                .toList();
    }

    private static String text(Revision revision) {
        return revision.scripts().stream().map(MigrationScript::text).collect(Collectors.joining("\n"));
    }
}
