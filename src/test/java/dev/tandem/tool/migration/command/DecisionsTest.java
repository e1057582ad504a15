package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.UsesScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tool asks a person, and what it does with the answer. */
@Thorough
@UsesScratchServer
class DecisionsTest {

    private Sandbox sandbox;

    @BeforeEach
    void addBooks(@TempDir Path root) throws Exception {
        sandbox = new Sandbox(root);
        book("title varchar(100), isbn bigint");
        sandbox.db("revision", "--autogenerate", "-m", "add book");
        sandbox.dbHere("upgrade");
        sandbox.run("insert into book (id, title, isbn) values (1, repeat('x', 60), 42)");
    }

    @AfterEach
    void leaveNothing() {
        List<String> leftovers = sandbox.leftovers();
        sandbox.close();
        assertThat(leftovers).isEmpty();
    }

    @Test
    void asksWhetherAColumnWasRenamed() throws Exception {
        book("name varchar(100), isbn bigint");
        CommandLineCall.Answer asked = sandbox.db("revision", "--autogenerate", "-m", "rename");
        assertThat(asked.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(asked.err()).contains("--rename book.title:name", "--no-rename");
        assertThat(sandbox.scripts()).hasSize(2);
        assertThat(sandbox.db("check").code()).isEqualTo(ExitCode.TO_DO);

        CommandLineCall.Answer told =
                sandbox.db("revision", "--autogenerate", "-m", "rename", "--rename", "book.title:name");
        assertThat(told.code()).as(told.err()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(value("name")).hasSize(60);
        assertThat(sandbox.db("check").out()).contains("ok");
        assertThat(sandbox.dbHere("downgrade", "-1", "--yes-data-loss").code()).isEqualTo(ExitCode.OK);
        assertThat(value("title")).hasSize(60);
    }

    @Test
    void holdsBackWhatDropsData() throws Exception {
        book("title varchar(100)");
        CommandLineCall.Answer held = sandbox.db("revision", "--autogenerate", "-m", "drop isbn");
        assertThat(held.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(held.err()).contains("--allow-drop book.isbn");
        String script = sandbox.scripts().getLast();
        assertThat(sandbox.read(script)).contains("-- DESTRUCTIVE");
        sandbox.dbHere("upgrade");
        assertThat(value("isbn")).isEqualTo("42");
        assertThat(sandbox.db("check").out()).contains("pending: drop column book.isbn (loses data)");

        CommandLineCall.Answer allowed =
                sandbox.db("revision", "--autogenerate", "-m", "really", "--allow-drop", "book.isbn");
        assertThat(allowed.code()).as(allowed.err()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.read(sandbox.scripts().getLast())).contains("lint: allow ban-drop-column because");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.db("check").out()).contains("ok");
    }

    @Test
    void neverCutsValuesShort() throws Exception {
        book("title varchar(20), isbn bigint");
        assertThat(sandbox.db("revision", "--autogenerate", "-m", "narrow").code())
                .isEqualTo(ExitCode.REFUSED);
        Files.delete(sandbox.project.migrations().resolve(sandbox.scripts().getLast()));
        sandbox.db("revision", "--autogenerate", "-m", "narrow", "--allow-drop", "book.title");
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(upgrade.err()).contains("value too long");
        assertThat(value("title")).hasSize(60);
    }

    @Test
    void fillsRowsThatExistWithWhatItIsTold() throws Exception {
        book("title varchar(100), isbn bigint, language varchar(8) not null");
        CommandLineCall.Answer told =
                sandbox.db("revision", "--autogenerate", "-m", "add language", "--backfill", "book.language='en'");
        assertThat(told.code()).as(told.err()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(value("language")).isEqualTo("en");
        assertThat(sandbox.db("check").out()).contains("ok");
        assertThat(sandbox.db("verify").out()).contains("ok");
    }

    @Test
    void writesScriptsThatPassItsOwnLint() throws Exception {
        book("title varchar(200), isbn bigint, token uuid not null default gen_random_uuid()");
        sandbox.model(sandbox.model() + "create index ix_book_title on book (title);"
                + "create materialized view title as select title, count(*) from book group by title;"
                + "create unique index uq_title on title (title);");

        CommandLineCall.Answer revision = sandbox.db("revision", "--autogenerate", "-m", "more");

        assertThat(revision.err()).doesNotContain("lint");
        assertThat(sandbox.db("check").lines()).containsExactly("ok: the scripts lead to the entities");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(value("token")).hasSize(36);
    }

    @Test
    void reportsWhatNobodyHasDeclared() throws Exception {
        sandbox.db("revision", "-m", "a view");
        String script = sandbox.scripts().getLast();
        sandbox.script(script, sandbox.read(script) + "create view titles as select title from book;\n");
        CommandLineCall.Answer check = sandbox.db("check");
        assertThat(check.code()).isEqualTo(ExitCode.TO_DO);
        assertThat(check.out()).contains("undeclared: titles");
    }

    private void book(String columns) throws Exception {
        sandbox.model("create table book (id bigint, " + columns + ", constraint pk_book primary key (id));");
    }

    private String value(String column) {
        return sandbox.database().rows("select " + column + " from book").get(0).get(0);
    }
}
