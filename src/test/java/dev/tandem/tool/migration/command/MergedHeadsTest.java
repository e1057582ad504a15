package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.UsesScratchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches that are deployed, each somewhere else, and the script that merges them. */
@Thorough
@UsesScratchServer
class MergedHeadsTest {

    private static final String NOTE = "create table note (id bigint, title varchar(50), rank integer);\n";
    private static final String BOOK = "create table book (id bigint constraint pk_book primary key);\n";
    private static final String AUTHOR = "create table author (id bigint constraint pk_author primary key);\n";

    private Sandbox sandbox;
    private Path others;
    private String base;

    @BeforeEach
    void begin(@TempDir Path root) throws Exception {
        sandbox = new Sandbox(root);
        others = Files.createDirectories(root.resolve("others"));
        revise("add note", NOTE);
        base = version(sandbox.scripts().getLast());
    }

    @AfterEach
    void leaveNothing() {
        List<String> leftovers = sandbox.leftovers();
        sandbox.close();
        assertThat(leftovers).isEmpty();
    }

    @Test
    void isOneHeadAndProven() throws Exception {
        List<String> heads = bookAndAuthor();
        CommandLineCall.Answer answer = sandbox.db("heads");
        assertThat(answer.code()).isEqualTo(ExitCode.TO_DO);
        assertThat(answer.err()).contains("./db rebase " + heads.get(1), "./db merge -m");

        String merge = merge();

        assertThat(sandbox.read(merge))
                .startsWith(
                        "-- parent: " + version(heads.get(0)) + ", " + version(heads.get(1)) + "\n-- fingerprint: ");
        assertThat(sandbox.db("heads").lines()).containsExactly(merge);
        assertThat(sandbox.db("check").out()).contains("ok");
        CommandLineCall.Answer verify = sandbox.db("verify");
        assertThat(verify.code()).as(verify.out()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.db("history").lines().getFirst())
                .isEqualTo(version(heads.get(0)) + ", " + version(heads.get(1)) + " -> " + version(merge)
                        + " (head) merge them");
        sandbox.model(NOTE + BOOK + AUTHOR + "create table page (id bigint);");
        assertThat(sandbox.db("revision", "--autogenerate", "-m", "add page").code())
                .isEqualTo(ExitCode.OK);
        assertThat(sandbox.read(sandbox.scripts().getLast())).startsWith("-- parent: " + version(merge) + "\n");
        assertThat(sandbox.db("merge", "-m", "again").err()).contains("nothing to merge");
    }

    @Test
    void bringsTheOlderBranchToADatabaseThatHasTheNewerOne() throws Exception {
        List<String> heads = bookAndAuthor();
        deployWithout(heads.get(0));
        sandbox.run("insert into author values (1)");
        String merge = merge();

        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");

        assertThat(upgrade.code()).as(upgrade.err()).isEqualTo(ExitCode.OK);
        assertThat(upgrade.lines())
                .containsExactly(
                        "applied " + version(heads.get(0)) + " add book", "applied " + version(merge) + " merge them");
        assertIsAtHead();
        assertThat(sandbox.database().rows("select id from author")).containsExactly(List.of("1"));
    }

    @Test
    void bringsTheNewerBranchToADatabaseThatHasTheOlderOne() throws Exception {
        List<String> heads = bookAndAuthor();
        deployWithout(heads.get(1));
        String merge = merge();

        assertThat(sandbox.dbHere("upgrade").lines())
                .containsExactly(
                        "applied " + version(heads.get(1)) + " add author",
                        "applied " + version(merge) + " merge them");

        assertIsAtHead();
    }

    @Test
    void bringsBothToADatabaseThatHasNeither() throws Exception {
        assertThat(sandbox.dbHere("upgrade", base).code()).isEqualTo(ExitCode.OK);
        List<String> heads = bookAndAuthor();
        merge();

        // Of two branches, only the one that is asked for.
        assertThat(sandbox.dbHere("upgrade", version(heads.get(1))).lines())
                .singleElement()
                .asString()
                .contains("add author");
        assertThat(sandbox.dbHere("current").out()).contains("add author (2 pending)");
        assertThat(sandbox.dbHere("upgrade", "+1").lines())
                .singleElement()
                .asString()
                .contains("add book");
        assertThat(sandbox.dbHere("current").out())
                .contains(version(heads.get(1)) + " add author, " + version(heads.get(0)) + " add book (1 pending)");
        assertThat(sandbox.dbHere("upgrade", "+2").err()).contains("leads past the last script");
        assertThat(sandbox.dbHere("upgrade").lines()).singleElement().asString().contains("merge them");
        assertIsAtHead();
        assertThat(sandbox.dbHere("stamp", "base").code()).isEqualTo(ExitCode.OK);
        sandbox.run("drop table book, author, note, index_cursor");
        assertThat(sandbox.dbHere("upgrade").lines()).hasSize(5);
        assertIsAtHead();
    }

    @Test
    void isMissedWhereAnOlderScriptComes() throws Exception {
        List<String> heads = bookAndAuthor();
        deployWithout(heads.get(0));

        assertThat(sandbox.dbHere("upgrade").err()).contains("Two heads", "./db rebase", "./db merge");
        assertThat(sandbox.dbHere("current").err())
                .contains(
                        heads.get(0) + " is older than what is applied already, " + heads.get(1),
                        "./db rebase " + heads.get(0),
                        "./db merge");
        assertThat(sandbox.database().rows("select to_regclass('book')::text")).containsExactly(List.of(""));
    }

    @Test
    void mergesThreeBranches() throws Exception {
        List<String> heads = branches(
                new String[] {"add book", NOTE + BOOK},
                new String[] {"add author", NOTE + AUTHOR},
                new String[] {"add page", NOTE + "create table page (id bigint);\n"});
        deployWithout(heads.get(0), heads.get(1));
        assertThat(sandbox.db("merge", "-m", "two", heads.get(0), "V1__none.sql")
                        .err())
                .contains("V1__none.sql is no head");
        assertThat(sandbox.db("merge", "-m", "one", heads.get(0)).err()).contains("two heads at least");
        CommandLineCall.Answer two = sandbox.db("merge", "-m", "two of three", heads.get(0), heads.get(2));
        assertThat(two.code()).as(two.err()).isEqualTo(ExitCode.OK);
        String both = sandbox.scripts().getLast();
        assertThat(sandbox.db("heads").lines()).containsExactly(heads.get(1), both);
        assertThat(sandbox.db("rebase", both).err()).contains(both + " merges branches that are deployed");
        Files.delete(sandbox.project.migrations().resolve(both));
        Files.delete(sandbox.project.undo().resolve(both.replaceFirst("V", "U")));

        String merge = merge();

        assertThat(sandbox.read(merge).lines().findFirst().orElseThrow().split(","))
                .hasSize(3);
        assertThat(sandbox.dbHere("upgrade").lines()).hasSize(3);
        assertIsAtHead();
        CommandLineCall.Answer verify = sandbox.db("verify");
        assertThat(verify.code()).as(verify.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void rebasesABranchBehindAMerge() throws Exception {
        List<String> heads = branches(
                new String[] {"add book", NOTE + BOOK},
                new String[] {"add author", NOTE + AUTHOR},
                new String[] {"add page", NOTE + "create table page (id bigint);\n"});
        assertThat(sandbox.db("merge", "-m", "two of three", heads.get(0), heads.get(2))
                        .code())
                .isEqualTo(ExitCode.OK);
        String merge = sandbox.scripts().getLast();
        CommandLineCall.Answer rebase = sandbox.db("rebase", heads.get(1));
        assertThat(rebase.code()).as(rebase.err()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.read(sandbox.scripts().getLast())).contains("-- parent: " + version(merge) + "\n");
        sandbox.model(NOTE + BOOK + AUTHOR + "create table page (id bigint);");
        assertThat(sandbox.db("check").out()).contains("ok");
        CommandLineCall.Answer verify = sandbox.db("verify");
        assertThat(verify.code()).as(verify.out()).isEqualTo(ExitCode.OK);
    }

    /** The third of three heads goes behind one branch, while the other is still open. */
    @Test
    void rebasesOneOfThreeHeads() throws Exception {
        List<String> heads = branches(
                new String[] {"add book", NOTE + BOOK},
                new String[] {"add author", NOTE + AUTHOR},
                new String[] {"add page", NOTE + "create table page (id bigint);\n"});
        assertThat(sandbox.db("rebase", heads.get(0)).code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.read(sandbox.scripts().getLast())).contains("-- parent: " + version(heads.get(2)) + "\n");
        merge();
        CommandLineCall.Answer verify = sandbox.db("verify");
        assertThat(verify.code()).as(verify.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void mergesABranchOfSeveralScripts() throws Exception {
        String indexed = NOTE + AUTHOR + "create index ix_note_title on note (title);\n";
        List<String> heads = branches(new String[] {"add author and index", indexed}, new String[] {
            "require rank", NOTE.replace("rank integer", "rank integer not null"), "--backfill", "note.rank=7"
        });
        assertThat(sandbox.scripts()).hasSize(7);
        deployWithout(sandbox.scripts().subList(2, 4).toArray(String[]::new));
        sandbox.run("insert into note values (1, 'Momo', 3)");
        sandbox.model(NOTE.replace("rank integer", "rank integer not null") + indexed.substring(NOTE.length()));

        merge();

        assertThat(sandbox.dbHere("upgrade").lines()).hasSize(3);
        assertIsAtHead();
        assertThat(sandbox.db("check").out()).contains("ok");
        CommandLineCall.Answer verify = sandbox.db("verify");
        assertThat(verify.code()).as(verify.out()).isEqualTo(ExitCode.OK);
        assertThat(back("-1").out()).contains("merge them");
        assertThat(back("-1").out()).contains("took back", "require rank").doesNotContain("author");
        assertThat(heads).hasSize(2);
        assertThat(sandbox.database().rows("select rank from note")).containsExactly(List.of("3"));
    }

    @Test
    void namesTheColumnThatBothBranchesAdd() throws Exception {
        String pages = NOTE.replace("rank", "pages integer, rank");
        branches(new String[] {"add pages", pages}, new String[] {"count pages", pages});

        String refused = refusedMerge();

        assertThat(refused)
                .contains("both branches create the same column note.pages. ", "IF NOT EXISTS", "./db stamp");
    }

    /** What is advised there. */
    @Test
    void mergesWhatBothBranchesCreateUnlessItIsThere() throws Exception {
        String pages = NOTE.replace("rank", "pages integer, rank");
        List<String> heads = branches(new String[] {"add pages", pages}, new String[] {"count pages", pages});
        for (String head : heads) {
            sandbox.script(head, sandbox.read(head).replace("ADD COLUMN", "ADD COLUMN IF NOT EXISTS"));
            String undo = head.replaceFirst("V", "U");
            Files.delete(sandbox.project.undo().resolve(undo));
        }
        merge();
        assertThat(sandbox.db("check").out()).contains("ok");
    }

    @Test
    void namesWhatDependsOnTheOrder() throws Exception {
        branches(
                new String[] {"wider title", NOTE.replace("(50)", "(100)")},
                new String[] {"widest title", NOTE.replace("(50)", "(200)")});

        assertThat(refusedMerge()).contains("The order of the branches matters", "title", "(100)", "(200)");
    }

    @Test
    void refusesTwoRenamesOfOneColumn() throws Exception {
        List<String> heads = branches(
                new String[] {"rename title", NOTE.replace("title", "name"), "--rename", "note.title:name"},
                new String[] {"rename again", NOTE.replace("title", "heading"), "--rename", "note.title:heading"});

        assertThat(refusedMerge()).contains(heads.get(1) + " can't be applied where " + heads.get(0) + " is", "title");
    }

    @Test
    void refusesAnIndexOnAColumnThatTheOtherBranchDrops() throws Exception {
        branches(
                new String[] {"index title", NOTE + "create index ix_note_title on note (title);\n"},
                new String[] {"drop title", NOTE.replace(" title varchar(50),", ""), "--allow-drop", "note.title"});

        assertThat(refusedMerge()).contains("can't be applied where ", "title\" does not exist");
    }

    @Test
    void refusesAnUndoScriptThatDoesNotLeadBackBesideTheOtherBranch() throws Exception {
        List<String> heads = bookAndAuthor();
        Path undo = sandbox.project.undo().resolve(heads.get(0).replaceFirst("V", "U"));
        Files.writeString(undo, Files.readString(undo) + "\nDROP TABLE IF EXISTS author;\n");

        assertThat(refusedMerge())
                .contains(undo.getFileName() + " does not lead back where " + heads.get(1) + " stays applied");
    }

    @Test
    void verifyFindsBranchesThatNoLongerFit() throws Exception {
        List<String> heads = bookAndAuthor();
        merge();
        sandbox.script(heads.get(1), sandbox.read(heads.get(1)) + "drop table if exists book;\n");

        CommandLineCall.Answer verify = sandbox.db("verify");

        assertThat(verify.code()).isEqualTo(ExitCode.TO_DO);
        assertThat(verify.out()).contains("leads elsewhere");
    }

    @Test
    void isTakenBackBeforeTheBranches() throws Exception {
        List<String> heads = bookAndAuthor();
        merge();
        sandbox.dbHere("upgrade");
        sandbox.run("insert into book values (1)");

        CommandLineCall.Answer first = back("-1");
        assertThat(first.err()).doesNotContain("lost");
        assertThat(first.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("took back ", "merge them"), line -> assertThat(line)
                                .isEqualTo("now at " + version(heads.get(1)) + ", " + version(heads.get(0))));
        assertThat(sandbox.dbHere("current").out()).contains("(1 pending)");
        CommandLineCall.Answer second = back("-1");
        assertThat(second.err()).contains("lost: the rows of author").doesNotContain("book");
        assertThat(second.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("took back ", "add author"),
                        line -> assertThat(line).isEqualTo("now at " + version(heads.get(0))));
        assertThat(sandbox.database().rows("select id from book")).containsExactly(List.of("1"));
        assertThat(sandbox.dbHere("upgrade").lines()).hasSize(2);
        assertIsAtHead();

        assertThat(back(version(heads.get(1))).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("merge them"),
                        line -> assertThat(line).contains("add book"),
                        line -> assertThat(line).isEqualTo("now at " + version(heads.get(1))));
        assertThat(sandbox.dbHere("upgrade").lines()).hasSize(2);
        assertThat(back(base).lines()).hasSize(4).last().isEqualTo("now at " + base);
    }

    @Test
    void isPrintedForEachPlace() throws Exception {
        List<String> heads = bookAndAuthor();
        String merge = merge();
        String author = version(heads.get(1));
        assertThat(sandbox.db("sql", author + "..").lines().stream().filter(line -> line.startsWith("-- V")))
                .containsExactly("-- " + heads.get(0), "-- " + merge);
        assertThat(sandbox.db("sql", base + ".." + author).out())
                .contains(heads.get(1))
                .doesNotContain("book");
        assertThat(sandbox.db("sql", "head.." + author).lines().stream().filter(line -> line.startsWith("-- U")))
                .containsExactly(
                        "-- " + merge.replaceFirst("V", "U"),
                        "-- " + heads.get(0).replaceFirst("V", "U"));
        assertThat(sandbox.db("sql", version(heads.get(0)) + ".." + author).err())
                .contains("are in two branches");
    }

    @Test
    void isStampedWithWhatItFollows() throws Exception {
        List<String> heads = bookAndAuthor();
        merge();
        sandbox.dbHere("upgrade");
        assertThat(sandbox.dbHere("stamp", version(heads.get(1))).code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.database()
                        .rows("select version from flyway_schema_history where version is not null order by version"))
                .containsExactly(List.of(Sandbox.FIRST), List.of(base), List.of(version(heads.get(1))));
        assertThat(sandbox.dbHere("stamp", "head").code()).isEqualTo(ExitCode.OK);
        assertIsAtHead();
    }

    /** The branch that came last failed, and the newer version of the other must not be taken for it. */
    @Test
    void takesBackWhatAFailedBranchHasLeft() throws Exception {
        branches(
                new String[] {
                    "pages and book", NOTE + BOOK + "alter table note add constraint ck_note_rank check (rank > 0);\n"
                },
                new String[] {"add author", NOTE + AUTHOR});
        deployWithout(sandbox.scripts().subList(2, 4).toArray(String[]::new));
        sandbox.run("insert into note values (1, 'Momo', 0)");
        merge();
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);

        CommandLineCall.Answer answer = back("-1");

        assertThat(answer.out()).contains("pages and book").doesNotContain("author");
        assertThat(sandbox.dbHere("current").out()).contains("add author (3 pending)");
    }

    @Test
    void isComparedWithADatabaseInUse() throws Exception {
        List<String> heads = bookAndAuthor();
        deployWithout(heads.get(0));
        merge();
        assertThat(sandbox.dbHere("check").out()).contains("2 scripts").doesNotContain("by hand");
        sandbox.run("alter table author add column name text");
        assertThat(sandbox.dbHere("check").out()).contains("by hand: add column author.name");
    }

    private List<String> bookAndAuthor() throws Exception {
        return branches(new String[] {"add book", NOTE + BOOK}, new String[] {"add author", NOTE + AUTHOR});
    }

    /** Each with a message, a model and options; the last script of each. The model is then that of the last two. */
    private List<String> branches(String[]... branches) throws Exception {
        List<String> before = sandbox.scripts();
        List<String> heads = new ArrayList<>();
        for (String[] branch : branches) {
            revise(
                    branch[0],
                    branch[1],
                    List.of(branch).subList(2, branch.length).toArray(String[]::new));
            heads.add(sandbox.scripts().getLast());
            for (String script : sandbox.scripts()) {
                if (!before.contains(script)) {
                    away(script);
                }
            }
        }
        allBack();
        sandbox.model(branches.length == 2 && branches[0][1].endsWith(BOOK) ? NOTE + BOOK + AUTHOR : branches[1][1]);
        return heads;
    }

    /** The database gets all but a branch. */
    private void deployWithout(String... scripts) throws IOException {
        for (String script : scripts) {
            away(script);
        }
        CommandLineCall.Answer upgrade = sandbox.dbHere("upgrade");
        assertThat(upgrade.code()).as(upgrade.err()).isEqualTo(ExitCode.OK);
        allBack();
    }

    private void away(String script) throws IOException {
        Files.move(sandbox.project.migrations().resolve(script), others.resolve(script));
    }

    private void allBack() throws IOException {
        try (var files = Files.list(others)) {
            for (Path file : files.toList()) {
                Files.move(file, sandbox.project.migrations().resolve(file.getFileName()));
            }
        }
    }

    private String merge() throws Exception {
        CommandLineCall.Answer merge = sandbox.db("merge", "-m", "merge them");
        assertThat(merge.code()).as(merge.err()).isEqualTo(ExitCode.OK);
        return sandbox.scripts().getLast();
    }

    private String refusedMerge() throws Exception {
        List<String> before = sandbox.scripts();
        CommandLineCall.Answer merge = sandbox.db("merge", "-m", "merge them");
        assertThat(merge.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(sandbox.scripts()).isEqualTo(before);
        return merge.err();
    }

    private void assertIsAtHead() {
        CommandLineCall.Answer current = sandbox.dbHere("current");
        assertThat(current.out()).contains("(head)");
        assertThat(current.err()).isEmpty();
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

    private static String version(String script) {
        return script.substring(1, 15);
    }
}
