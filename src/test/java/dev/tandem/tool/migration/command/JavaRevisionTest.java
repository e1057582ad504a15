package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.migration.RowMigration;
import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.UsesScratchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs on a history that has a migration in Java. */
@Thorough
@UsesScratchServer
class JavaRevisionTest {

    private static final String REVERSED = "new StringBuilder(row.getString(\"name\")).reverse().toString()";

    private static final String ROWS = """
            insert into index_cursor (name, txid, seq)
            select to_char(n, '0000'), 1, n from generate_series(1, 1200) n;
            """;

    private Sandbox sandbox;

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        sandbox = new Sandbox(root);
    }

    @AfterEach
    void leaveNothing() {
        List<String> leftovers = sandbox.leftovers();
        sandbox.close();
        assertThat(leftovers).isEmpty();
    }

    @Test
    void changesRowsAndIsTakenBackLikeAnyOther() throws Exception {
        Path source = written(REVERSED);
        assertThat(Files.readString(source))
                .startsWith("// parent: " + Sandbox.FIRST + "\n// fingerprint: ")
                .contains("package db.migration;");
        assertThat(sandbox.db("lint").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.db("lint", source.toString()).err()).contains("no SQL");
        assertThat(sandbox.db("heads").out()).contains(source.getFileName().toString());
        assertThat(sandbox.db("history").lines().getFirst()).endsWith("(head) reverse names");
        CommandLineCall.Answer verify = sandbox.db("verify");
        assertThat(verify.code()).as(verify.out() + verify.err()).isEqualTo(ExitCode.OK);
        CommandLineCall.Answer check = sandbox.db("check");
        assertThat(check.code()).as(check.out() + check.err()).isEqualTo(ExitCode.OK);
        CommandLineCall.Answer sql = sandbox.db("sql", "base..head");
        assertThat(sql.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(sql.out()).isEmpty();
        assertThat(sql.err()).contains("can't be printed as SQL");
        assertThat(sandbox.db("sql", "head.." + Sandbox.FIRST).code()).isEqualTo(ExitCode.OK);

        sandbox.dbHere("upgrade", Sandbox.FIRST);
        sandbox.run(ROWS);
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).as(upgrade.err()).isEqualTo(ExitCode.OK);
        assertThat(count("holder = reverse(name)")).isEqualTo("1200");
        assertThat(sandbox.database()
                        .rows("select type, script, checksum from flyway_schema_history order by version desc limit 1"))
                .containsExactly(List.of(
                        "JDBC",
                        "db.migration." + source.getFileName().toString().replace(".java", ""),
                        String.valueOf(RowMigration.checksum(Files.readString(source)))));
        assertThat(sandbox.dbHere("current").out()).contains("reverse names (head)");
        assertThat(sandbox.dbHere("downgrade", "-1", "--yes-data-loss").out()).contains("now at " + Sandbox.FIRST);
    }

    @Test
    void anEditAfterItWasAppliedIsNoticed() throws Exception {
        Path source = written(REVERSED);
        sandbox.dbHere("upgrade");
        Files.writeString(source, Files.readString(source).replace("reverse()", "append('x')"));
        assertThat(sandbox.dbHere("upgrade").err()).contains("was edited after it was applied");
        assertThat(sandbox.dbHere("stamp", "head").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("current").code()).isEqualTo(ExitCode.OK);
    }

    /** It fails in the last portion; the portions before it stay, and are not changed again. */
    @Test
    void goesOnAfterAFailure() throws Exception {
        written("\"1/\" + (1200 / (1200 - row.getInt(\"seq\")))");
        sandbox.dbHere("upgrade", Sandbox.FIRST);
        sandbox.run(ROWS);
        CommandLineCall.Answer failed = sandbox.dbHere("upgrade");
        assertThat(failed.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(failed.err()).contains("ArithmeticException");
        assertThat(sandbox.dbHere("current").err()).contains("failed halfway");
        sandbox.run("update index_cursor set seq = 1 where seq = 1200");

        goesOn();
    }

    /** PostgreSQL ends the connection in the last portion, so nobody can note a failure. */
    @Test
    void goesOnWhenItWasKilled() throws Exception {
        written(REVERSED);
        sandbox.dbHere("upgrade", Sandbox.FIRST);
        sandbox.run(ROWS);
        sandbox.run("""
                create function stop() returns trigger language plpgsql
                as 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end';
                create trigger stop before update on index_cursor for each row
                when (new.seq = 1200) execute function stop()
                """);
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(sandbox.dbHere("current").err()).isEmpty();
        sandbox.run("drop trigger stop on index_cursor; drop function stop()");

        goesOn();
    }

    private void goesOn() throws Exception {
        assertThat(count("holder is not null")).isEqualTo("1000");
        sandbox.run("update index_cursor set holder = 'done' where holder is not null");
        CommandLineCall.Answer again = sandbox.dbHere("upgrade");
        assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.OK);
        assertThat(count("holder = 'done'")).isEqualTo("1000");
        assertThat(count("holder is null")).isEqualTo("0");
    }

    @Test
    void doesNotTouchADatabaseWhenItDoesNotCompile() throws Exception {
        Path source = written("row.getNothing()");
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(upgrade.err()).contains(source.getFileName() + " does not compile, line", "getNothing");
        assertThat(sandbox.dbHere("current").out()).contains("nothing applied yet (2 pending)");
        assertThat(sandbox.dbHere("upgrade", Sandbox.FIRST).code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void movesBehindAnotherBranch() throws Exception {
        Path source = written(REVERSED);
        sandbox.dbHere("upgrade");
        otherBranch();
        CommandLineCall.Answer rebase =
                sandbox.db("rebase", source.getFileName().toString());
        assertThat(rebase.code()).as(rebase.err()).isEqualTo(ExitCode.OK);
        assertThat(source).doesNotExist();
        Path moved = only();
        assertThat(Files.readString(moved))
                .startsWith("// parent: 20260304000000\n// fingerprint: ")
                .contains(
                        "// was: " + source.getFileName().toString().substring(1, 15),
                        "class " + moved.getFileName().toString().replace(".java", " extends"));
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).as(upgrade.err()).isEqualTo(ExitCode.OK);
        assertThat(upgrade.out()).contains("applied 20260304000000").doesNotContain("reverse");
        assertThat(sandbox.dbHere("current").out()).contains("reverse names (head)");
        assertThat(sandbox.db("verify").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void isMergedWithAnotherBranch() throws Exception {
        written(REVERSED);
        sandbox.dbHere("upgrade");
        otherBranch();
        CommandLineCall.Answer merge = sandbox.db("merge", "-m", "merge");
        assertThat(merge.code()).as(merge.err()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.db("verify").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void javaIsForRowsOnly() {
        assertThat(sandbox.db("revision", "--java", "-m", "x").err()).contains("--java goes with --data");
    }

    /** A new migration that sets the holder of each row that has none. */
    private Path written(String value) throws IOException {
        CommandLineCall.Answer revision = sandbox.db("revision", "--data", "--java", "-m", "reverse names");
        assertThat(revision.code()).as(revision.err()).isEqualTo(ExitCode.OK);
        Path source = only();
        String text = Files.readString(source)
                .replace("List.of(\"id\")", "List.of(\"name\")")
                .replace(
                        "SELECT id, title FROM book WHERE slug IS NULL",
                        "SELECT * FROM index_cursor WHERE holder IS NULL")
                .replace("UPDATE book SET slug = ? WHERE id = ?", "UPDATE index_cursor SET holder = ? WHERE name = ?")
                .replace("row.getString(\"title\")", value)
                .replace("row.getObject(\"id\")", "row.getObject(\"name\")");
        return Files.writeString(source, text);
    }

    /** Older than the migration, so that it is missing where that is applied. */
    private void otherBranch() throws IOException {
        sandbox.script(
                "V20260304000000__note.sql",
                "-- parent: " + Sandbox.FIRST
                        + "\nset local lock_timeout = '5s';\ncomment on table index_cursor is null;\n");
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(sandbox.project.javaMigrations())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private String count(String condition) {
        return sandbox.database()
                .rows("select count(*) from index_cursor where " + condition)
                .getFirst()
                .getFirst();
    }
}
