package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.shared.SharedFixture;
import dev.tandem.testing.PgVectorDatabase;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Clients of the {@link PgVectorDatabase}. Each run has a schema of its own, which is dropped with the process.
 */
final class PgVectorServer {

    private static final String SCHEMA = "test_" + ProcessHandle.current().pid();

    private static final Vertx VERTX = Vertx.vertx();

    private static boolean isPrepared;

    private PgVectorServer() {}

    static Vertx vertx() {
        return VERTX;
    }

    /** Where it is, with its user and password. */
    static PgConnectOptions options() {
        return PgVectorDatabase.options();
    }

    /** A configuration with these settings, for a schema of this run. */
    static PgVectorConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("schema", SCHEMA));
        all.putAll(settings);
        Map<String, String> properties = new HashMap<>();
        all.forEach((name, value) -> properties.put("tandem.engine.pgvector." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(PgVectorConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withConverter(Duration.class, 100, new DurationConverter())
                .build()
                .getConfigMapping(PgVectorConfig.class);
    }

    static PgVectorAddress address(PgVectorConfig config) {
        return PgVectorAddress.of(config, options(), Optional.empty());
    }

    static Connection connect() throws SQLException {
        return PgVectorDatabase.connect();
    }

    /** A new client that reaches the server by another port of this machine. */
    static PgVectorEngine engineBy(int port, Map<String, String> settings) {
        prepare();
        PgVectorConfig config = config(settings);
        return new PgVectorEngine(
                VERTX,
                config,
                PgVectorAddress.of(config, options().setHost("127.0.0.1").setPort(port), Optional.empty()));
    }

    /** A new client. */
    static PgVectorEngine engine(Map<String, String> settings) {
        PgVectorConfig config = config(settings);
        prepare();
        return new PgVectorEngine(VERTX, config, address(config));
    }

    static SharedFixture fixture() {
        return fixture(Map.of());
    }

    static SharedFixture fixture(Map<String, String> settings) {
        options();
        return SharedFixture.of(() -> engine(settings));
    }

    static synchronized void prepare() {
        if (isPrepared) {
            return;
        }
        PgVectorConfig config = config(Map.of());
        EngineFixture.await(new PgVectorSchema(VERTX, config, address(config)).prepare());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> PgVectorDatabase.drop(SCHEMA)));
        isPrepared = true;
    }
}
