package dev.tandem.init.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.UsesScratchServer;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resource.filesystem.FileSystemResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start of a release on a database that lacks a branch, or has more than the release knows. */
@UsesScratchServer
class OlderScriptsTest {

    private static final String BOOK = "V20__add_book.sql";
    private static final String AUTHOR = "V30__add_author.sql";
    private static final String MERGE = "V40__merge.sql";

    @TempDir
    Path folder;

    private ScratchDatabases databases;
    private ScratchDatabase database;

    /** The branch with the newer version is deployed. */
    @BeforeEach
    void deployAuthor() throws IOException {
        databases = new ScratchDatabases(EmbeddedServer.passing());
        database = databases.create();
        script("V10__begin.sql", "create table note (id int);");
        script(AUTHOR, "-- parent: 10\ncreate table author (id int);");
        start();
    }

    @AfterEach
    void leaveNothing() {
        databases.close();
    }

    @Test
    void comeWhereAScriptMergesThem() throws IOException {
        script(BOOK, "-- parent: 10\ncreate table book (id int);");
        script(MERGE, "-- parent: 20, 30\n");
        start();
        assertThat(applied()).containsExactly("10", "30", "20", "40");
        assertThat(database.rows("select * from book")).isEmpty();
        start();
    }

    @Test
    void comeInTheirOrderToAnEmptyDatabase() throws IOException {
        script(BOOK, "-- parent: 10\ncreate table book (id int);");
        script(MERGE, "-- parent: 20, 30\n");
        database = databases.create();
        start();
        assertThat(applied()).containsExactly("10", "20", "30", "40");
    }

    @Test
    void stopTheStartWhereNoScriptMergesThem() throws IOException {
        script(BOOK, "-- parent: 10\ncreate table book (id int);");
        script("V50__newer.sql", "-- parent: 30\ncreate table newer (id int);");
        assertThatThrownBy(this::start)
                .hasMessageContaining(BOOK + " was not applied, and is older than what was, " + AUTHOR)
                .hasMessageContaining("./db merge")
                .hasMessageContaining("./db rebase");
        assertThat(applied()).containsExactly("10", "30");
    }

    @Test
    void stopTheStartWhereAMergeIsOfOtherBranches() throws IOException {
        script(BOOK, "-- parent: 10\ncreate table book (id int);");
        script("V15__add_page.sql", "-- parent: 10\ncreate table page (id int);");
        script(MERGE, "-- parent: 15, 20\n");
        assertThatThrownBy(this::start).hasMessageContaining("V15__add_page.sql was not applied");
        assertThat(applied()).containsExactly("10", "30");
    }

    /** Without a header, a script follows the one before it. */
    @Test
    void stopTheStartWhereWhatIsAppliedFollowsThem() throws IOException {
        Files.delete(folder.resolve(AUTHOR));
        script(AUTHOR, "-- parent: 10\ncreate table author (id int);");
        script("V35__by_hand.sql", "create table by_hand (id int);");
        start();
        script("V33__between.sql", "create table between_them (id int);");
        assertThatThrownBy(this::start).hasMessageContaining("V35__by_hand.sql, which follows it");
        assertThat(applied()).containsExactly("10", "30", "35");
    }

    /** The way back: the release that ran before does not know the branch that came after it. */
    @Test
    void areLeftAloneByTheReleaseBeforeThem() throws IOException {
        script(BOOK, "-- parent: 10\ncreate table book (id int);");
        script(MERGE, "-- parent: 20, 30\n");
        start();
        Files.delete(folder.resolve(BOOK));
        Files.delete(folder.resolve(MERGE));
        start();
        assertThat(applied()).containsExactly("10", "30", "20", "40");
    }

    @Test
    void stopTheStartWhereTheyWereThereBeforeAndAreNotKnown() throws IOException {
        Files.delete(folder.resolve("V10__begin.sql"));
        assertThatThrownBy(this::start)
                .hasMessageContaining("Version 10 is applied, but this release does not know it");
    }

    /** Otherwise it would run twice. */
    @Test
    void stopTheStartWhereOneWasMoved() throws IOException {
        Files.delete(folder.resolve(AUTHOR));
        script("V50__add_author.sql", "-- parent: 10\n-- was: 30\ncreate table author (id int);");
        assertThatThrownBy(this::start)
                .hasMessageContaining("Version 30 is applied, but this release does not know it")
                .hasMessageContaining("If it was rebased, ./db upgrade");
        assertThat(applied()).containsExactly("10", "30");
    }

    @Test
    void stopTheStartWhereOneFailedThatIsNotKnown() throws Exception {
        database.run(
                "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) values (99, '20', 'by hand', 'SQL', 'V20__by_hand.sql', 'postgres', 0, false)");
        assertThatThrownBy(this::start).hasMessageContaining("failed migration to version 20");
    }

    private List<String> applied() {
        return database.rows("select version from flyway_schema_history order by installed_rank").stream()
                .map(row -> row.get(0))
                .toList();
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** As the service does. */
    private void start() {
        FluentConfiguration flyway = new MigratedSchema(folder).flyway(database.server());
        flyway.resourceProvider(new Scripts(folder));
        flyway.callbacks(OlderScripts.allowed(flyway)).load().migrate();
    }

    /** The service has its scripts from Quarkus in this way. */
    private record Scripts(Path folder) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            Path file = folder.resolve(name);
            return Files.exists(file) ? resource(file) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                        .map(Scripts::resource)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static LoadableResource resource(Path file) {
            return new FileSystemResource(null, file.toString(), StandardCharsets.UTF_8, false);
        }
    }
}
