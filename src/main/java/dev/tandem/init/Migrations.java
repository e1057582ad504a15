package dev.tandem.init;

import dev.tandem.init.schema.OlderScripts;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ClassProvider;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * How Flyway migrates. Indexes are built, and rows are changed in portions, while others write: by default Flyway holds its own lock in a
 * transaction, and CREATE INDEX CONCURRENTLY waits for every transaction to end, so it would wait for Flyway for ever. A script that has a
 * statement for no transaction, such as VACUUM, has none at all. If it fails, the next start tries again. A branch that a script merges may come
 * after newer scripts.
 */
@Singleton
public class Migrations implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        configuration.mixed(true);
        configuration.javaMigrationClassProvider(inLocations(configuration));
        configuration.callbacks(new FailedScripts("db/migration/"), OlderScripts.allowed(configuration));
    }

    /** Quarkus finds migrations in Java wherever they are; they are looked for where scripts are. */
    private static ClassProvider<JavaMigration> inLocations(FluentConfiguration configuration) {
        Set<String> folders = Stream.of(configuration.getLocations())
                .map(Location::getRootPath)
                .collect(Collectors.toSet());
        List<Class<? extends JavaMigration>> found = configuration.getJavaMigrationClassProvider().getClasses().stream()
                .filter(type -> folders.contains(type.getPackageName().replace('.', '/')))
                .<Class<? extends JavaMigration>>map(type -> type)
                .toList();
        return () -> found;
    }
}
