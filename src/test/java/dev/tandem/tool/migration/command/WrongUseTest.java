package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.UsesScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can go wrong is said in a line, with an exit code, and leaves nothing behind. */
@UsesScratchServer
class WrongUseTest {

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

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("", "Say what to do"),
                Arguments.of("upgrad", "There is no verb upgrad, but upgrade"),
                Arguments.of("nonsense", "There is no verb nonsense"),
                Arguments.of("upgrade --ulr x", "--ulr"),
                Arguments.of("revision", "-m"),
                Arguments.of("revision --autogenerate --data -m x", "--data"),
                Arguments.of("revision --autogenerate -m x --rename book", "no rename"),
                Arguments.of("revision --autogenerate -m x --rename book.a:b", "book"),
                Arguments.of("revision --autogenerate -m x --allow-drop nothing.there", "nothing.there"),
                Arguments.of("revision --autogenerate -m x --backfill book", "no backfill"),
                Arguments.of("revision --autogenerate -m x --backfill nothing.there=1", "nothing.there"),
                Arguments.of("revision -m x --backfill book.title=1", "--autogenerate"),
                Arguments.of("revision --data -m x --backfill nothing.there=1", "nothing.there"),
                Arguments.of("revision --data -m x --backfill index_cursor.seq='x'", "can't be filled in"),
                Arguments.of("revision --data -m x --no-rename", "--autogenerate"),
                Arguments.of("diff --allow-drop nothing.there", "nothing.there"),
                Arguments.of("current --url postgresql://localhost:1/x", "localhost:1/x"),
                Arguments.of("upgrade --url mysql://localhost/x", "jdbc:postgresql://"),
                Arguments.of("check --scratch-url postgresql://localhost:1/x", "localhost:1/x"),
                Arguments.of("sql base", "FROM..TO"),
                Arguments.of("sql base..2031", "2031"),
                Arguments.of("stamp 2031", "2031"),
                Arguments.of("rebase V1__x.sql", "one head"),
                Arguments.of("lint no-such-file.sql", "no-such-file.sql"),
                Arguments.of("downgrade -1 --url postgresql://localhost:1/x", "--yes-data-loss"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isAnsweredInOneLine(String call, String hint) {
        refused(sandbox.db(call.isEmpty() ? new String[0] : call.split(" ")), hint);
    }

    @Test
    void mentionsNoPassword() {
        CommandLineCall.Answer answer = sandbox.db("current", "--url", "postgresql://me:s3cret@localhost:1/x");
        assertThat(answer.err()).contains("localhost:1/x").doesNotContain("s3cret");
    }

    @Test
    void refusesScriptsEditedAfterTheyWereApplied() throws Exception {
        sandbox.dbHere("upgrade");
        String name = sandbox.scripts().getFirst();
        sandbox.script(name, sandbox.read(name) + "\n-- one more line\n");
        CommandLineCall.Answer current = sandbox.dbHere("current");
        assertThat(current.code()).isEqualTo(ExitCode.TO_DO);
        assertThat(current.err()).contains("was edited after it was applied");
        refused(sandbox.dbHere("upgrade"), "was edited after it was applied");
        sandbox.dbHere("stamp", "head");
        assertThat(sandbox.dbHere("current").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void refusesAHistoryWithAFailure() throws Exception {
        sandbox.dbHere("upgrade");
        sandbox.run("update flyway_schema_history set success = false");
        refused(sandbox.dbHere("upgrade"), "failed halfway");
        sandbox.dbHere("stamp", "head");
        assertThat(sandbox.dbHere("current").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void refusesAHistoryWithAScriptThatIsGone() throws Exception {
        Path gone = sandbox.script("V20260102000000__gone.sql", "create table gone (a int);");
        sandbox.dbHere("upgrade");
        Files.delete(gone);
        refused(sandbox.dbHere("upgrade"), "its file is gone");
        CommandLineCall.Answer current = sandbox.dbHere("current");
        assertThat(current.code()).isEqualTo(ExitCode.TO_DO);
        assertThat(current.out()).doesNotContain("(head)");
    }

    @Test
    void saysWhichScriptFailsAndWhere() throws Exception {
        sandbox.script("V20260102000000__bad.sql", "select 1;\nalter table nowhere add a int;\n");
        refused(sandbox.dbHere("upgrade"), "V20260102000000__bad.sql");
        refused(sandbox.db("check"), "nowhere");
    }

    @Test
    void goesNoWayBackThatIsNotThere() throws Exception {
        sandbox.dbHere("upgrade");
        refused(sandbox.dbHere("downgrade", "-1", "--yes-data-loss"), "There is no way back from " + Sandbox.FIRST);
        refused(sandbox.db("sql", "head..base"), "There is no way back");
    }

    private static void refused(CommandLineCall.Answer answer, String hint) {
        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer.err().lines().filter(line -> !line.contains(" .. ")))
                .singleElement()
                .asString()
                .contains(hint);
    }
}
