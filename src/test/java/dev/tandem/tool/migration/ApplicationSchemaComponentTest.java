package dev.tandem.tool.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.migration.RowMigration;
import dev.tandem.testing.Database;
import dev.tandem.tool.migration.ApplicationSchemaComponentTest.FreshDatabase;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.EntityDdl;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.schema.SettledExpressions;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.script.Versions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The application itself, started on a database that has its first two scripts: what it makes of it is what the tool says that it would. It
 * finds a branch that is older than what is applied then, and a script that merges it.
 */
@QuarkusTest
@ResourceLock(UsesScratchServer.SERVER)
@TestProfile(FreshDatabase.class)
class ApplicationSchemaComponentTest {

    private static final Project PROJECT = new Project(Path.of(""));
    private static final String DDL = "target/application-ddl.sql";
    private static final String BRANCH = "20261123030001";
    private static final String BRANCH_END = "20261123030003";
    private static final Path MERGED = Path.of("target/merged-branch").toAbsolutePath();

    /** With two migrations more than the application has, and with Hibernate writing down what it would create. */
    public static class FreshDatabase implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            // Not named like a scratch database, because other tests look for those that are left.
            String name = "application_schema_" + UUID.randomUUID().toString().replace("-", "");
            Server scratch = EmbeddedServer.passing();
            assertThat(new ScratchDatabase("the server", scratch).tried("create database " + name))
                    .isTrue();
            Server server = scratch.database(name);
            beginBesideABranch(server);
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    server.url(),
                    "quarkus.datasource.username",
                    server.user(),
                    "quarkus.datasource.password",
                    server.password(),
                    "quarkus.flyway.locations",
                    "db/migration,db/concurrent,filesystem:" + MERGED,
                    "quarkus.hibernate-orm.scripts.generation",
                    "create",
                    "quarkus.hibernate-orm.scripts.generation.create-target",
                    DDL,
                    // Hibernate's other order, by size, also turns around the columns of a primary key.
                    "quarkus.hibernate-orm.unsupported-properties.\"hibernate.column_ordering_strategy\"",
                    "legacy",
                    "tandem.index.directory",
                    "target/schema-test-index");
        }
    }

    /** Two scripts are there already, and the branch in db/concurrent has versions between theirs. */
    private static void beginBesideABranch(Server server) {
        ScriptFolder folder = ScriptFolder.read(PROJECT.migrations(), PROJECT.javaMigrations());
        ChosenScripts.apply(folder.scripts().subList(0, 2), server);
        String head = folder.head().orElseThrow().version();
        try {
            Files.createDirectories(MERGED);
            try (Stream<Path> before = Files.list(MERGED)) {
                for (Path file : before.toList()) {
                    Files.delete(file);
                }
            }
            Files.writeString(
                    MERGED.resolve("V" + Versions.after(head, 1) + "__merge.sql"),
                    "-- parent: " + head + ", " + BRANCH_END + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void appliesABranchThatIsOlderAndWasMerged() throws Exception {
        assertThat(Database.column("select version from flyway_schema_history order by installed_rank limit 3"))
                .endsWith(BRANCH)
                .isNotEqualTo(Database.column("select version from flyway_schema_history order by version limit 3"));
        assertThat(Database.column(
                        "select description from flyway_schema_history order by installed_rank desc limit 1"))
                .containsExactly("merge");
    }

    @Test
    void buildsIndexesConcurrentlyAtStart() throws Exception {
        assertThat(Database.column("select success from flyway_schema_history where version = '" + BRANCH + "'"))
                .containsExactly(true);
        assertThat(Database.column("select indisvalid from pg_index where indexrelid = 'ix_change_kind'::regclass"))
                .containsExactly(true);
    }

    /** The block commits, which PostgreSQL refuses in a transaction. */
    @Test
    void changesRowsInPortionsAtStart() throws Exception {
        assertThat(Database.column("select success from flyway_schema_history where version = '20261123030002'"))
                .containsExactly(true);
    }

    /** Among the scripts of its folder, and with the checksum that the tool takes of its source. */
    @Test
    void changesRowsWithJavaAtStart() throws Exception {
        String source = Files.readString(Path.of("src/test/java/db/concurrent/V20261123030003__mark_changes.java"));
        assertThat(Database.column("select checksum from flyway_schema_history where success and type = 'JDBC'"
                        + " and script = 'db.concurrent.V20261123030003__mark_changes'"))
                .containsExactly(RowMigration.checksum(source));
    }

    @Test
    void hasTheSchemaThatTheToolDerivesFromTheEntities() throws Exception {
        Server server = server();
        ScratchDatabase application = new ScratchDatabase("the application's database", server);
        application.run("drop index ix_change_kind");
        SettledExpressions.settle(application);
        List<String> migrated = CatalogFingerprint.of(server).lines();
        application.run("create index ix_change_kind on change (kind)");

        DeclaredSchema model = DeclaredSchema.of(PROJECT.classes(), PROJECT.declaredSql());
        assertThat(migrated).isEqualTo(fingerprint(model)).hasSizeGreaterThan(50);
    }

    /** The tool starts Hibernate without Quarkus; both must read the entities the same. */
    @Test
    void wouldCreateTheSchemaThatTheToolDerivesFromTheEntities() throws Exception {
        List<String> statements = Files.readString(Path.of(DDL))
                .lines()
                .map(line -> line.replaceFirst(";$", ""))
                .toList();
        DeclaredSchema model = DeclaredSchema.of(PROJECT.classes(), PROJECT.declaredSql());
        DeclaredSchema application =
                new DeclaredSchema(model.before(), new EntityDdl(statements, Map.of()), model.after());

        assertThat(fingerprint(application)).isEqualTo(fingerprint(model));
    }

    private static List<String> fingerprint(DeclaredSchema schema) {
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing())) {
            ScratchDatabase database = databases.create();
            schema.create(database);
            SettledExpressions.settle(database);
            return CatalogFingerprint.of(database).lines();
        }
    }

    private static Server server() {
        var config = ConfigProvider.getConfig();
        return new Server(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }
}
