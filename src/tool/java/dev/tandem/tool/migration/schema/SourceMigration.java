package dev.tandem.tool.migration.schema;

import dev.tandem.database.migration.RowMigration;
import dev.tandem.tool.migration.MigrationRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.resolver.ResolvedMigrationImpl;

/**
 * A migration in Java, known by its source: Flyway sees what it sees in the application, and the class is compiled only where it has to run.
 *
 * @param name that of the class, without its package
 */
record SourceMigration(Path file, String name, MigrationVersion version, String description, String text)
        implements JavaMigration {

    private static final Pattern NAME = Pattern.compile("(V(\\d+(?:[._]\\d+)*)__(.+))\\.java");

    /** Those of some folders. */
    static JavaMigration[] in(List<Path> folders) {
        List<JavaMigration> migrations = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                for (Path file : files.sorted().toList()) {
                    Matcher name = NAME.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        migrations.add(new SourceMigration(
                                file,
                                name.group(1),
                                MigrationVersion.fromVersion(name.group(2)),
                                name.group(3).replace('_', ' '),
                                Files.readString(file)));
                    }
                }
            } catch (IOException e) {
                throw new MigrationRefusal("Can't read " + folder + ": " + e.getMessage(), e);
            }
        }
        return migrations.toArray(JavaMigration[]::new);
    }

    @Override
    public MigrationVersion getVersion() {
        return version;
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public Integer getChecksum() {
        return RowMigration.checksum(text);
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        CompiledMigration.of(name, text).migrate(context);
    }

    /** By the name of its class, which only Flyway's own classes let us say. */
    @Override
    public ResolvedMigration getResolvedMigration(Configuration configuration, StatementInterceptor interceptor) {
        return new ResolvedMigrationImpl(
                version,
                description,
                CompiledMigration.PACKAGE + name,
                getChecksum(),
                null,
                CoreMigrationType.JDBC,
                file.toString(),
                new Executor(this));
    }

    private record Executor(SourceMigration migration) implements MigrationExecutor {

        /** What does not compile has not run, and is not noted as failed. */
        @Override
        public List<Results> execute(org.flywaydb.core.api.executor.Context context) throws SQLException {
            RowMigration compiled = CompiledMigration.of(migration.name(), migration.text());
            try {
                compiled.migrate(new Database(context.getConfiguration(), context.getConnection()));
            } catch (RuntimeException e) {
                throw new FlywayException(migration.name() + ".java failed: " + e, e);
            }
            return List.of();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return migration.canExecuteInTransaction();
        }

        @Override
        public boolean shouldExecute() {
            return true;
        }
    }

    private record Database(Configuration configuration, Connection connection) implements Context {

        @Override
        public Configuration getConfiguration() {
            return configuration;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }
    }
}
