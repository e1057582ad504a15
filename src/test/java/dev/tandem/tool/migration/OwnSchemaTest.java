package dev.tandem.tool.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.verify.HistoryProof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Fails when an entity has changed and its migration has been forgotten; {@code ./db revision --autogenerate} writes it. */
@UsesScratchServer
class OwnSchemaTest {

    private static final Project PROJECT = new Project(Path.of(""));

    @Test
    void migrationsLeadToWhatTheEntitiesDeclare() {
        DeclaredSchema model = DeclaredSchema.of(PROJECT.classes(), PROJECT.declaredSql());
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing());
                Revisions revisions = new Revisions(
                        new Replay(databases, new MigratedSchema(PROJECT.migrations(), PROJECT.javaMigrations())),
                        model)) {
            Difference pending = revisions.pending(Choices.NONE);

            assertThat(pending.operations()).as("pending operations").isEmpty();
            assertThat(pending.drift()).as("undeclared objects").isEmpty();
            assertThat(revisions.fingerprintDifferences()).isEmpty();
        }
    }

    @Thorough
    @Test
    void everyInstallationReachesTheHead() {
        ScriptFolder folder = ScriptFolder.read(PROJECT.migrations(), PROJECT.javaMigrations());
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing())) {
            assertThat(folder.head()).isPresent();
            assertThat(new HistoryProof(databases, folder).problems()).isEmpty();
        }
    }
}
