package dev.tandem.tool.migration.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.UsesScratchServer;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@UsesScratchServer
class HistoryProofTest {

    private static ScratchDatabases databases;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        databases = new ScratchDatabases(EmbeddedServer.passing());
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @Test
    void findsNothingInASoundHistory() throws IOException {
        script(
                "V20260101000000__one.sql",
                "create table one (id integer primary key, kind text check (kind in ('a', 'b')))");
        script("V20260102000000__two.sql", "alter table one add column note text not null default ''");

        assertThat(problems()).isEmpty();
    }

    @Test
    void findsAScriptThatFailsOverRows() throws IOException {
        script("V20260101000000__one.sql", "create table one (id integer primary key)");
        script("V20260102000000__two.sql", "alter table one add column note text not null");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("From 20260101000000: ")
                .contains("contains null values");
    }

    @Test
    void findsAScriptThatLeadsElsewhereThanItSays() throws IOException {
        script(
                "V20260101000000__one.sql",
                "-- fingerprint: 0123456789abcdef\ncreate table one (id integer primary key)");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("says that it leads to 0123456789abcdef, but leads to ");
    }

    @Test
    void findsBranchesWhoseOrderMatters() throws IOException {
        script("V20260101000000__one.sql", "create table one (id integer primary key, note varchar(10))");
        script(
                "V20260102000000__two.sql",
                "-- parent: 20260101000000\nalter table one alter column note set default 'two'");
        script(
                "V20260103000000__three.sql",
                "-- parent: 20260101000000\nalter table one alter column note set default 'three'");
        script("V20260104000000__merge.sql", "-- parent: 20260102000000, 20260103000000\nselect 1");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("From 20260103000000: it leads elsewhere: ")
                .contains("note");
    }

    private List<String> problems() {
        return new HistoryProof(databases, ScriptFolder.read(folder)).problems();
    }

    private void script(String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql + ";\n");
    }
}
