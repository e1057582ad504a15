package dev.tandem.tool.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledExpressions;
import dev.tandem.tool.migration.schema.SettledSchema;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import dev.tandem.tool.migration.script.ScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of change there is, from a database with rows to the model, and back. Runs beside the other tests, which is why it has a
 * server of its own: others look what is left on theirs.
 */
@Execution(CONCURRENT)
class SchemaChangesTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String FIRST = "20260101000000";
    private static final String SECOND = "20260102000000";
    /** One of so many changes is in the sample. */
    private static final int SAMPLED = 12;

    /** Databases to copy, by what is added to the library before a change. Mostly that is nothing, so most changes share one. */
    private static final Map<String, ScratchDatabase> STARTS = new ConcurrentHashMap<>();

    /** What is compared with the models where nothing was added; each thread has its own, since a schema is for one at a time. */
    private static final ThreadLocal<SettledSchema> BASE = new ThreadLocal<>();

    private static ReusedDatabases databases;
    private static ScratchDatabase library;
    private static ScratchDatabase emptyLibrary;

    @TempDir
    Path folder;

    private SettledSchema base;
    private SettledSchema model;
    private Revisions revisions;

    @BeforeAll
    static void fillTheLibrary(@TempDir Path folder) throws Exception {
        databases = new ReusedDatabases(EmbeddedServer.alone());
        emptyLibrary = databases.create();
        emptyLibrary.run(SchemaChange.resource("library.sql"));
        databases.reuse(emptyLibrary, emptyLibrary, SchemaChange.resource("library.sql"));
        library = databases.create();
        Files.writeString(folder.resolve("V" + FIRST + "__library.sql"), libraryScript());
        new MigratedSchema(folder).migrate(library);
    }

    @AfterAll
    static void leaveNothing() {
        STARTS.clear();
        databases.close();
    }

    @AfterEach
    void drop() {
        if (model != null) {
            databases.drop(model.database());
        }
        if (base != null && base != BASE.get()) {
            databases.drop(base.database());
        }
    }

    /** A sample of all kinds, since the catalogue has neighbours together. */
    static Stream<SchemaChange> sample() {
        return changes(true);
    }

    static Stream<SchemaChange> others() {
        return changes(false);
    }

    private static Stream<SchemaChange> changes(boolean sampled) {
        List<SchemaChange> changes = SchemaChange.all().stream()
                .filter(change -> change.refused().isEmpty() && !change.same())
                .toList();
        return IntStream.range(0, changes.size())
                .filter(i -> (i % SAMPLED == 0) == sampled)
                .mapToObj(changes::get);
    }

    static Stream<SchemaChange> refused() {
        return SchemaChange.all().stream().filter(change -> change.refused().isPresent());
    }

    static Stream<SchemaChange> noChanges() {
        return SchemaChange.all().stream().filter(SchemaChange::same);
    }

    @Test
    void thereAreEnough() {
        assertThat(SchemaChange.all()).hasSizeGreaterThanOrEqualTo(145);
        assertThat(noChanges()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sample")
    void leadsToTheModelAndBack(SchemaChange change) throws Exception {
        thereAndBack(change);
    }

    @Thorough
    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void eachLeadsToTheModelAndBack(SchemaChange change) throws Exception {
        thereAndBack(change);
    }

    private void thereAndBack(SchemaChange change) throws Exception {
        Replay replay = compared(change);
        ScratchDatabase database = replay.atHead();
        List<String> before = base.fingerprint().lines();
        long rows = rows(database);

        Revision revision = revisions.make(change.name(), change.choices(), Optional.of(SECOND), NOW);

        assertThat(revision.scripts()).isNotEmpty();
        assertThat(revision.difference().heldBack()).isEmpty();
        assertThat(revision.difference().drift()).isEmpty();
        assertThat(revision.warnings())
                .noneMatch(warning -> warning.contains("locks tables"))
                .noneMatch(warning -> warning.contains("without a row in visit_2026"));
        write(revision);
        replay.history().migrate(database);
        CatalogFingerprint wanted = model.fingerprint();
        assertThat(settledFingerprint(database).lines()).isEqualTo(wanted.lines());
        assertThat(revision.scripts().getLast().header().fingerprint()).contains(wanted.hash());
        change.proof()
                .ifPresent(proof -> assertThat(database.rows("select " + proof)).containsExactly(List.of("t")));
        if (change.choices().allowedDrops().isEmpty()) {
            assertThat(rows(database)).isEqualTo(rows);
        }

        assertThat(revision.undo()).as("way back; %s", revision.warnings()).isPresent();
        for (String transaction : ScriptWriter.transactions(revision.undo().get())) {
            database.run(transaction);
        }
        assertThat(settledFingerprint(database).lines()).isEqualTo(before);
        databases.drop(database);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithAdvice(SchemaChange change) throws Exception {
        compared(change);

        assertThatThrownBy(() -> revisions.make(change.name(), change.choices(), Optional.of(SECOND), NOW))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining(change.refused().get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noChanges")
    void staysSilent(SchemaChange change) throws Exception {
        compared(change);

        assertThat(revisions.pending(Choices.NONE).operations()).isEmpty();
        assertThat(revisions.fingerprintDifferences()).isEmpty();
        assertThat(revisions
                        .make("nothing", Choices.NONE, Optional.of(SECOND), NOW)
                        .scripts())
                .isEmpty();
    }

    private Replay compared(SchemaChange change) throws Exception {
        Replay replay = history(change);
        base = base(change, replay);
        model = model(change);
        revisions = new Revisions(replay, base, model);
        return replay;
    }

    private static SettledSchema base(SchemaChange change, Replay replay) {
        SettledSchema known = BASE.get();
        if (change.before().isEmpty() && known != null) {
            return known;
        }
        SettledSchema base = SettledSchema.of(replay.atHead());
        if (change.before().isEmpty()) {
            BASE.set(base);
        }
        return base;
    }

    private Replay history(SchemaChange change) throws IOException {
        Files.writeString(folder.resolve("V" + FIRST + "__library.sql"), libraryScript());
        Files.writeString(folder.resolve("V" + SECOND + "__before.sql"), change.before());
        MigratedSchema history = new MigratedSchema(folder);
        ScratchDatabase start = STARTS.computeIfAbsent(change.before(), before -> {
            ScratchDatabase database = databases.copyOf(library);
            history.migrate(database);
            databases.reuse(database, library, libraryScript() + before);
            return database;
        });
        return new Replay(databases, history, start);
    }

    private static SettledSchema model(SchemaChange change) throws SQLException {
        ScratchDatabase model = databases.copyOf(emptyLibrary);
        model.run(change.after());
        return SettledSchema.of(model);
    }

    private void write(Revision revision) throws IOException {
        for (MigrationScript script : revision.scripts()) {
            Files.writeString(folder.resolve(script.fileName()), script.text());
        }
    }

    private static CatalogFingerprint settledFingerprint(ScratchDatabase database) {
        SettledExpressions.settle(database);
        return CatalogFingerprint.of(database);
    }

    private static long rows(ScratchDatabase database) {
        return database
                .rows("select format('%I.%I', table_schema, table_name) from information_schema.tables where"
                        + " table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"
                        + " and table_name not like 'flyway%'")
                .stream()
                .mapToLong(table -> Long.parseLong(database.rows("select count(*) from " + table.get(0))
                        .get(0)
                        .get(0)))
                .sum();
    }

    private static String libraryScript() {
        return SchemaChange.resource("library.sql") + SchemaChange.resource("library-rows.sql");
    }
}
