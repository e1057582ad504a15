package dev.tandem.init;

import dev.tandem.init.schema.OlderScripts;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * How Flyway migrates. Indexes are built while others write: by default Flyway holds its own lock in a transaction, and CREATE INDEX
 * CONCURRENTLY waits for every transaction to end, so it would wait for Flyway for ever. If the build fails, the next start tries again. A
 * branch that a script merges may come after newer scripts.
 */
@Singleton
class Migrations implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        configuration.callbacks(new FailedIndexScripts("db/migration/"), OlderScripts.allowed(configuration));
    }
}
