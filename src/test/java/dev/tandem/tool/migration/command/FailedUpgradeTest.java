package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.UsesScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade that fails over the rows of a database: what is applied, and the ways forward and back. */
@Thorough
@UsesScratchServer
class FailedUpgradeTest {

    private static final String BOOK =
            "create table book (id bigint, title varchar(100), pages integer, constraint pk_book primary key (id));\n";
    private static final String AUTHOR = "create table author (id bigint, constraint pk_author primary key (id));\n";

    /** In three portions. */
    private static final String BOOKS = "20000";

    private Sandbox sandbox;

    @BeforeEach
    void addBooks(@TempDir Path root) throws Exception {
        sandbox = new Sandbox(root);
        revise("add book", BOOK);
        sandbox.dbHere("upgrade");
        sandbox.run("insert into book values (1, 'Momo', 0), (2, 'Momo', 304)");
    }

    @AfterEach
    void leaveNothing() {
        List<String> leftovers = sandbox.leftovers();
        sandbox.close();
        assertThat(leftovers).isEmpty();
    }

    @Test
    void takesBackTheIndexThatCouldNotBeBuiltAndNotTheRevisionBeforeIt() throws Exception {
        revise("no title twice", BOOK + "create unique index uq_book_title on book (title);");
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(upgrade.err())
                .contains(
                        "no_title_twice__concurrent.sql, line ",
                        "Key (title)=(Momo) is duplicated",
                        "in \"CREATE UNIQUE INDEX");
        assertThat(indexes()).contains("uq_book_title");

        CommandLineCall.Answer back = back("-1");

        assertThat(back.out()).contains("no title twice").doesNotContain("add book");
        assertThat(back.err()).doesNotContain("lost");
        assertThat(books()).isEqualTo("2");
        assertThat(indexes()).containsExactly("pk_book");
        assertThat(sandbox.dbHere("current").out()).contains("add book (1 pending)");
        assertThat(sandbox.dbHere("current").err()).isEmpty();
    }

    @Test
    void takesBackNothingWhereTheFailedScriptHasLeftNothing() throws Exception {
        revise("wider titles", BOOK.replace("100", "90"), "--allow-drop", "book.title");
        sandbox.run("update book set title = repeat('x', 95) where id = 1");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);

        CommandLineCall.Answer back = back("-1");

        assertThat(back.out()).contains("wider titles", "left nothing").doesNotContain("took back");
        assertThat(books()).isEqualTo("2");
        assertThat(back("-1").out()).contains("add book");
    }

    @Test
    void forgetsAFailureThatWasMended() throws Exception {
        revise("wider titles", BOOK.replace("100", "90"), "--allow-drop", "book.title");
        sandbox.run("update book set title = repeat('x', 95) where id = 1");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);
        sandbox.run("update book set title = 'Momo' where id = 1");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);

        assertThat(back("-1").out()).contains("took back", "wider titles");
    }

    @Test
    void takesBackTheAppliedPartOfARevision() throws Exception {
        revise(
                "pages and authors",
                BOOK + AUTHOR + "alter table book add constraint ck_book_pages check (pages > 0);"
                        + "create index ix_book_title on book (title);");
        assertThat(sandbox.scripts()).hasSize(5);

        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");

        assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(upgrade.lines()).hasSize(2).allMatch(line -> line.startsWith("applied "));
        assertThat(upgrade.err()).contains("./db upgrade", "./db downgrade -1");
        sandbox.run("insert into author values (1)");
        CommandLineCall.Answer back = back("-1");
        assertThat(back.err()).contains("lost: the rows of author");
        assertThat(indexes()).containsExactly("pk_book");
        assertThat(books()).isEqualTo("2");
        assertThat(sandbox.dbHere("current").out()).contains("add book (3 pending)");

        sandbox.run("update book set pages = 1");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(back("-1").out()).contains("pages and authors");
    }

    @Test
    void takesBackWhatIsAppliedDownToAVersion() throws Exception {
        revise("add author", BOOK + AUTHOR);
        sandbox.dbHere("upgrade");
        revise("no title twice", BOOK + AUTHOR + "create unique index uq_book_title on book (title);");
        sandbox.dbHere("upgrade");

        CommandLineCall.Answer back = back(sandbox.scripts().get(1).substring(1, 15));

        assertThat(back.out()).contains("no title twice", "add author");
        assertThat(indexes()).containsExactly("pk_book");
        assertThat(books()).isEqualTo("2");
    }

    @Test
    void goesOnWhereAnIndexCouldNotBeBuilt() throws Exception {
        revise("no title twice", BOOK + AUTHOR + "create unique index uq_book_title on book (title);");
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.lines()).singleElement().asString().contains("no title twice");
        assertThat(sandbox.dbHere("current").err()).contains("failed halfway", "./db upgrade");
        sandbox.run("delete from book where id = 2");

        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);

        assertThat(sandbox.database()
                        .rows("select indisvalid from pg_index where indexrelid = 'uq_book_title'::regclass"))
                .containsExactly(List.of("t"));
        assertThat(sandbox.dbHere("current").out()).contains("(head)");
    }

    /** The first rows are filled in transactions that have ended when the last one fails. */
    @Test
    void goesOnBehindThePortionsThatWereFilled() throws Exception {
        gradeByPages();
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(upgrade.err()).contains("add_grade__fill.sql", "division by zero", "./db upgrade");
        assertThat(sandbox.dbHere("current").err()).contains("failed halfway");
        String filled = one("select count(grade) || ' ' || max(xmin::text) from book where id <= 100");
        assertThat(filled).startsWith("100 ");
        assertThat(one("select count(*) from book where grade is null")).isNotEqualTo("0");
        sandbox.run("update book set pages = 4, grade = 25 where pages = 0");

        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);

        assertThat(one("select count(grade) || ' ' || max(xmin::text) from book where id <= 100"))
                .isEqualTo(filled);
        assertThat(one("select count(*) from book where grade = 100 / pages")).isEqualTo(BOOKS);
        assertThat(sandbox.dbHere("current").out()).contains("(head)");
        assertThat(back("-1").out()).contains("add grade");
    }

    @Test
    void takesBackARevisionOfWhichSomePortionsAreFilled() throws Exception {
        gradeByPages();
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);

        CommandLineCall.Answer back = back("-1");

        assertThat(back.out()).contains("add grade").doesNotContain("add book");
        assertThat(one("select count(*) from book")).isEqualTo(BOOKS);
        assertThat(one("select count(*) from information_schema.columns where column_name = 'grade'"))
                .isEqualTo("0");
        assertThat(one("select count(*) from pg_constraint where conname like '%grade%'"))
                .isEqualTo("0");
        sandbox.run("update book set pages = 4 where pages = 0");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
    }

    /** While a row of the last portion is locked, those of the first are not. */
    @Test
    void goesOnAfterItsConnectionWasKilledBetweenTwoPortions() throws Exception {
        gradeByPages();
        sandbox.run("update book set pages = 4 where pages = 0");
        assertThat(sandbox.dbHere("upgrade", "+1").code()).isEqualTo(ExitCode.OK);
        CompletableFuture<CommandLineCall.Answer> upgrade;
        try (Connection other = sandbox.database().server().connect();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select from book where id = " + BOOKS + " for update");
            upgrade = CompletableFuture.supplyAsync(() -> sandbox.dbHere("upgrade"));
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> one("select count(grade) > 0 from book").equals("t"));

            sandbox.run("set lock_timeout = '1s'; update book set title = 'Krabat' where id = 2; reset lock_timeout");
            sandbox.run("insert into book values (-1, 'Tom', 1, 100)");
            assertThatThrownBy(() -> sandbox.run("insert into book values (-2, 'Huck', 1)"))
                    .hasMessageContaining("ck_book_grade_not_null");
            sandbox.run(
                    "select pg_terminate_backend(pid) from pg_stat_activity where query like '%portions%' and pid <>"
                            + " pg_backend_pid() and datname = current_database()");
            assertThat(upgrade.get(2, TimeUnit.MINUTES).code()).isEqualTo(ExitCode.REFUSED);
            other.rollback();
        }
        assertThat(one("select count(*) from book where grade is null")).isNotEqualTo("0");

        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);

        assertThat(one("select count(*) from book where grade is distinct from 100 / pages"))
                .isEqualTo("0");
        assertThat(one("select title from book where id = 2")).isEqualTo("Krabat");
    }

    /** Books of several portions, the last of which has no pages to divide by. */
    private void gradeByPages() throws Exception {
        sandbox.run("delete from book; insert into book select n, repeat('x', 90), 1 + n % 9 from generate_series(1, "
                + BOOKS + ") n; update book set pages = 0 where id = " + BOOKS);
        revise(
                "add grade",
                BOOK.replace("integer,", "integer, grade integer not null,"),
                "--backfill",
                "book.grade=100 / pages");
    }

    private String one(String query) {
        return sandbox.database().rows(query).get(0).get(0);
    }

    /** What such a script has left can be anything. */
    @Test
    void doesNotGoOnByItselfWhereAScriptCannotBeRepeated() throws Exception {
        sandbox.script(
                "V20270101000000__once.sql", "create unique index concurrently uq_book_title on book (title);\n");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);
        sandbox.run("delete from book where id = 2");
        CommandLineCall.Answer again = sandbox.dbHere("upgrade");
        assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("./db repair");
        sandbox.run("drop index uq_book_title");

        assertThat(sandbox.dbHere("repair").out()).contains("20270101000000");

        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("repair").out()).contains("Nothing to repair");
    }

    /** Only what failed: repairing must not make an edited script look like the one that was applied. */
    @Test
    void repairsNoEditedScript() throws Exception {
        String name = sandbox.scripts().getLast();
        Files.writeString(sandbox.project.migrations().resolve(name), sandbox.read(name) + "\n-- one more\n");

        assertThat(sandbox.dbHere("repair").out()).contains("Nothing to repair");

        assertThat(sandbox.dbHere("current").err()).contains("was edited");
    }

    private CommandLineCall.Answer back(String target) {
        CommandLineCall.Answer back = sandbox.dbHere("downgrade", target, "--yes-data-loss");
        assertThat(back.code()).as(back.err()).isEqualTo(ExitCode.OK);
        return back;
    }

    private void revise(String message, String model, String... options) throws Exception {
        sandbox.model(model);
        CommandLineCall.Answer revision =
                sandbox.db(CommandLineCall.with(new String[] {"revision", "--autogenerate", "-m", message}, options));
        assertThat(revision.code()).as(revision.err()).isEqualTo(ExitCode.OK);
    }

    private String books() {
        return sandbox.database().rows("select count(title) from book").get(0).get(0);
    }

    private List<String> indexes() {
        return sandbox
                .database()
                .rows("select indexname from pg_indexes where tablename in ('book', 'author') order by 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
