package dev.tandem.tool.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.init.maintenance.SchemaCommand;
import dev.tandem.tool.migration.UsesScratchServer;
import dev.tandem.tool.migration.schema.Server;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revision that failed at its third script, in the hands of somebody who has the packaged service only. */
@UsesScratchServer
class PackagedRepairTest {

    private Sandbox sandbox;
    private final Map<String, String> settings = new HashMap<>();
    private final StringWriter said = new StringWriter();

    @BeforeEach
    void begin(@TempDir Path root) throws Exception {
        sandbox = new Sandbox(root);
        Server server = sandbox.database().server();
        settings.put("quarkus.datasource.jdbc.url", server.url());
        settings.put("quarkus.datasource.username", server.user());
        settings.put("quarkus.datasource.password", server.password());
    }

    @AfterEach
    void leaveNothing() {
        sandbox.close();
    }

    private void upgradeToTheThirdScript() throws Exception {
        sandbox.script("V20270101000000__add_book.sql", "create table book (title varchar(100));\n");
        sandbox.script("V20270101000001__fill_book.sql", "insert into book values ('Momo'), ('Momo');\n");
        sandbox.script(
                "V20270101000002__no_title_twice.sql", "create unique index concurrently uq_book on book (title);\n");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void showsWhatIsAppliedAndLetsTheFailedOneRunAgain() throws Exception {
        upgradeToTheThirdScript();

        assertThat(database("history")).isEqualTo(ExitCode.TO_DO);

        assertThat(said.toString().lines().filter(line -> line.contains("2027")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("applied 20270101000000 ")
                                .endsWith(" add book"),
                        line -> assertThat(line)
                                .startsWith("applied 20270101000001 ")
                                .endsWith(" fill book"),
                        line -> assertThat(line)
                                .startsWith("failed  20270101000002 ")
                                .endsWith(" no title twice"));
        assertThat(said.toString()).contains("DROP INDEX CONCURRENTLY uq_book", "db repair");

        sandbox.run("drop index concurrently uq_book");
        sandbox.run("delete from book where ctid = (select max(ctid) from book)");
        assertThat(database("repair")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("repaired 20270101000002");
        assertThat(database("repair")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("Nothing to repair");
        assertThat(database("history")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).doesNotContain("20270101000002", "not built");

        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(database("history")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("applied 20270101000002");
    }

    /** What was filled before the failure is kept. */
    @Test
    void letsPortionsGoOn() throws Exception {
        sandbox.script("V20270101000000__add_book.sql", "create table book (id int, title text);\n");
        sandbox.script("V20270101000001__fill_book.sql", """
                -- runs again after a failure
                do $$
                begin
                    for n in 1 .. 3 loop
                        insert into book select n, 'x' where not exists (select from book where id = n);
                        commit;
                    end loop;
                end $$;
                vacuum book;
                """);
        sandbox.dbHere("upgrade", "20270101000000");
        sandbox.run("create unique index uq_book on book (title) where id > 1");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.REFUSED);

        assertThat(database("history")).isEqualTo(ExitCode.TO_DO);
        assertThat(said.toString()).contains("failed  20270101000001");
        assertThat(database("repair")).isEqualTo(ExitCode.OK);
        assertThat(sandbox.database().rows("select count(*) from book")).containsExactly(List.of("2"));

        sandbox.run("drop index uq_book");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);
        assertThat(sandbox.database().rows("select count(*) from book")).containsExactly(List.of("3"));
    }

    @Test
    void saysOfABranchThatItCameAfterNewerScripts() throws Exception {
        sandbox.script(
                "V20270101000001__add_author.sql", "-- parent: " + Sandbox.FIRST + "\ncreate table author ();\n");
        sandbox.dbHere("upgrade");
        sandbox.script("V20270101000000__add_book.sql", "-- parent: " + Sandbox.FIRST + "\ncreate table book ();\n");
        sandbox.script("V20270101000002__merge.sql", "-- parent: 20270101000000, 20270101000001\n");
        assertThat(sandbox.dbHere("upgrade").code()).isEqualTo(ExitCode.OK);

        assertThat(database("history")).isEqualTo(ExitCode.OK);

        assertThat(said.toString().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" add author"),
                        line -> assertThat(line).endsWith(" add book (of a branch that came after 20270101000001)"),
                        line -> assertThat(line).endsWith(" merge"));
    }

    @Test
    void changesNothingInAHistoryThatNothingFailedIn() {
        assertThat(database("history")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("Nothing was applied yet");
        assertThat(database("repair")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("Nothing to repair");
        sandbox.dbHere("upgrade");
        List<List<String>> rows = sandbox.database().rows("select * from flyway_schema_history order by 1");
        assertThat(database("repair")).isEqualTo(ExitCode.OK);
        assertThat(sandbox.database().rows("select * from flyway_schema_history order by 1"))
                .isEqualTo(rows);
    }

    /** The service's own scripts, on an empty database. */
    @Test
    void appliesWhatIsMissing() throws Exception {
        assertThat(database("migrate")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("applied 20261123030000 create collection and document");
        assertThat(database("history")).isEqualTo(ExitCode.OK);
        assertThat(database("migrate")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("Nothing to migrate");

        sandbox.run("update flyway_schema_history set success = false where version = '20261123030000'");
        assertThat(database("migrate")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("failed migration to version 20261123030000");
    }

    /** Such as the one that demands encryption, which a server cannot tell. */
    @Test
    void migratesWithFurtherSettingsOfTheDriver() throws Exception {
        sandbox.run("create schema other");
        settings.put("quarkus.datasource.jdbc.additional-jdbc-properties.currentSchema", "other");
        assertThat(database("migrate")).isEqualTo(ExitCode.OK);
        assertThat(sandbox.database().rows("select to_regclass('other.document'), to_regclass('public.document')"))
                .isEqualTo(List.of(List.of("other.document", "")));
    }

    @Test
    void appliesMigrationsInJavaToo() {
        settings.put("quarkus.flyway.locations", "db/migration,db/concurrent");
        assertThat(database("migrate")).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("applied 20261123030003 mark changes");
        assertThat(database("history")).isEqualTo(ExitCode.OK);
        assertThat(database("migrate")).isEqualTo(ExitCode.OK);
    }

    @Test
    void saysWhichScriptFails() throws Exception {
        database("migrate");
        sandbox.run("delete from flyway_schema_history where version > '20261123030000'");
        assertThat(database("migrate")).isEqualTo(ExitCode.TO_DO);
        assertThat(said.toString()).contains("V20261123201349__create_job.sql", "already exists");
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(database("downgrade")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("db history", "db migrate", "db repair");
        settings.put("quarkus.datasource.password", "wrong");
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:1/none");
        assertThat(database("history")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("does not answer");
        settings.put("quarkus.datasource.jdbc.url", "jdbc:other:none");
        assertThat(database("history")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("no address of a PostgreSQL");
        settings.clear();
        assertThat(database("history")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("quarkus.datasource.reactive.url");
    }

    private int database(String verb) {
        said.getBuffer().setLength(0);
        PrintWriter lines = new PrintWriter(said, true);
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "settings", 100))
                .build();
        return new SchemaCommand(config, lines, lines).run(List.of(verb));
    }
}
