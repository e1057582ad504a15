package dev.tandem.init;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Lets migrations build indexes while others write. By default Flyway holds its own lock in a transaction, and CREATE INDEX CONCURRENTLY
 * waits for every transaction to end, so it would wait for Flyway for ever. If the build fails, the next start tries again.
 */
@Singleton
class ConcurrentIndexes implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        configuration.callbacks(new FailedIndexScripts("db/migration/"));
    }
}
