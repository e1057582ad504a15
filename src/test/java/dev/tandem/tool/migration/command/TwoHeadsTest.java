package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.UsesScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two branches have each added a revision, and have been merged. */
@UsesScratchServer
class TwoHeadsTest {

    private static final String BOOK = "create table book (id bigint constraint pk_book primary key);\n";
    private static final String AUTHOR = "create table author (id bigint constraint pk_author primary key);\n";

    private Sandbox sandbox;
    private String book;
    private String author;

    @BeforeEach
    void merge(@TempDir Path root) throws Exception {
        sandbox = new Sandbox(root);
        sandbox.model(BOOK);
        sandbox.db("revision", "--autogenerate", "-m", "add book");
        book = sandbox.scripts().getLast();
        String bookScript = sandbox.read(book);
        Files.delete(sandbox.project.migrations().resolve(book));
        sandbox.model(AUTHOR);
        sandbox.db("revision", "--autogenerate", "-m", "add author");
        author = sandbox.scripts().getLast();
        sandbox.script(book, bookScript);
        sandbox.model(BOOK + AUTHOR);
    }

    @AfterEach
    void leaveNothing() {
        List<String> leftovers = sandbox.leftovers();
        sandbox.close();
        assertThat(leftovers).isEmpty();
    }

    @Test
    void isNoticed() {
        CommandLineCall.Answer heads = sandbox.db("heads");
        assertThat(heads.code()).isEqualTo(ExitCode.TO_DO);
        assertThat(heads.lines()).containsExactly(book, author);
        assertThat(heads.err()).contains("./db rebase " + author);
        assertThat(sandbox.db("check").code()).isEqualTo(ExitCode.TO_DO);
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(sandbox.db("revision", "-m", "a third").code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void isMendedByRebase() throws Exception {
        CommandLineCall.Answer rebase = sandbox.db("rebase", book);
        assertThat(rebase.code()).as(rebase.err()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.scripts())
                .hasSize(3)
                .doesNotContain(book)
                .last()
                .asString()
                .endsWith("__add_book.sql");
        assertThat(sandbox.undoScripts()).hasSize(2).last().asString().endsWith("__add_book.sql");
        assertThat(sandbox.read(sandbox.scripts().getLast())).contains("-- parent: " + author.substring(1, 15));
        assertThat(sandbox.db("check").out()).contains("ok");
        assertThat(sandbox.db("verify").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("downgrade", "-2", "--yes-data-loss").out()).contains("now at " + Sandbox.FIRST);
    }

    /** Another environment has the script of one branch, and not yet that of the other. */
    @Test
    void isFollowedByADatabaseThatHasTheMovedScript() throws Exception {
        Files.move(
                sandbox.project.migrations().resolve(author),
                sandbox.project.root().resolve(author));
        sandbox.dbHere("upgrade");
        sandbox.run("insert into book values (1)");
        Files.move(
                sandbox.project.root().resolve(author),
                sandbox.project.migrations().resolve(author));
        assertThat(sandbox.db("rebase", book).code()).isEqualTo(ExitCode.OK);

        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");

        assertThat(upgrade.code()).as(upgrade.err()).isEqualTo(ExitCode.OK);
        assertThat(upgrade.lines()).singleElement().asString().contains("add author");
        assertThat(sandbox.dbHere("current").out()).contains("(head)");
        assertThat(sandbox.dbHere("upgrade").out()).contains("Nothing to apply");
        assertThat(sandbox.database().rows("select id from book")).containsExactly(List.of("1"));
    }

    @Test
    void changesNothingWhereTheBranchesDoNotFit() throws Exception {
        sandbox.script(author, sandbox.read(author) + "create table book (id int);\n");
        var before = sandbox.scripts();
        CommandLineCall.Answer rebase = sandbox.db("rebase", book);
        assertThat(rebase.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(rebase.err())
                .contains("already exists", "can't follow " + author, "create the same table or index book.");
        assertThat(sandbox.scripts()).isEqualTo(before);
    }

    @Test
    void namesTheColumnThatBothBranchesAdd() throws Exception {
        String both = "alter table note add column pages integer;\n";
        String first = sandbox.scripts().getFirst();
        sandbox.script(first, sandbox.read(first) + "create table note (id bigint);\n");
        sandbox.script(author, sandbox.read(author) + both);
        sandbox.script(book, sandbox.read(book) + both);
        var before = sandbox.scripts();
        CommandLineCall.Answer rebase = sandbox.db("rebase", book);
        assertThat(rebase.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(rebase.err())
                .contains("both branches create the same column note.pages. Take it out of one of them");
        assertThat(sandbox.scripts()).isEqualTo(before);
    }
}
