package dev.tandem.index.pgvector;

import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the engine's database when the service starts: the extension, and the migrations of the engine's own schema. Only a service that
 * uses the engine does this.
 */
public final class PgVectorSchema {

    private static final Logger LOG = Logger.getLogger(PgVectorSchema.class);

    static final String LOCATION = "db/pgvector";
    private static final String HISTORY = "schema_history";

    /** Iterative scans came with it. */
    private static final int LEAST_MINOR = 8;

    private static final String EXTENSION = """
            select (select extversion from pg_extension where extname = 'vector'),
                   (select cast(extnamespace as regnamespace) from pg_extension where extname = 'vector'),
                   (select default_version from pg_available_extensions where name = 'vector')
            """;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Vertx vertx;
    private final PgVectorConfig config;
    private final PgVectorAddress address;

    public PgVectorSchema(Vertx vertx, PgVectorConfig config, PgVectorAddress address) {
        this.vertx = vertx;
        this.config = config;
        this.address = address;
    }

    /**
     * Makes the extension if it is missing, and brings the schema up to date. Several replicas may do so at once. Fails with {@link
     * IllegalStateException}, whose message says what an operator has to do.
     */
    public Uni<Void> prepare() {
        return CallerContext.keep(Uni.createFrom()
                .completionStage(
                        () -> withConnection().compose(done -> migrate()).toCompletionStage()));
    }

    private Future<Void> withConnection() {
        PgConnectOptions options = address.options();
        options.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
        options.addProperty(
                "statement_timeout", Long.toString(config.writeTimeout().toMillis()));
        return PgConnection.connect(vertx, options)
                .recover(failure -> Future.failedFuture(Failures.translate(failure, false)))
                .compose(connection -> require(connection).transform(done -> connection
                        .close()
                        .transform(closed -> done.succeeded()
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture(done.cause()))));
    }

    private Future<Void> require(PgConnection connection) {
        return state(connection).compose(state -> {
            if (state.installed() == null && state.available() == null) {
                return failed(
                        "Its server has no extension 'vector'. Install pgvector 0.8 or later on the server, for example the"
                                + " package postgresql-17-pgvector.",
                        null);
            }
            if (state.installed() == null) {
                return isOldVersion(state.available())
                        ? tooOld(String.valueOf(state.available()), "Install a later one on the server.")
                        : create(connection);
            }
            if (isOldVersion(state.installed())) {
                return tooOld(
                        state.installed(),
                        "Install a later one on the server, then let a superuser run there: alter extension vector update");
            }
            return state.schema().equals(config.extensionSchema())
                    ? Future.succeededFuture()
                    : failed(
                            "The extension 'vector' is in the schema '" + state.schema()
                                    + "'. Set tandem.engine.pgvector.extension-schema to it.",
                            null);
        });
    }

    private record State(
            @Nullable String installed,
            String schema,
            @Nullable String available) {}

    private static Future<State> state(PgConnection connection) {
        return connection.query(EXTENSION).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new State(row.getString(0), String.valueOf(row.getString(1)), row.getString(2));
        });
    }

    private Future<Void> create(PgConnection connection) {
        return connection
                .query("create extension if not exists vector with schema \"" + config.extensionSchema() + "\"")
                .execute()
                .<Void>mapEmpty()
                .recover(failure -> switch (failure instanceof PgException error ? error.getSqlState() : "") {
                    // Another replica has just made it.
                    case "23505", "42710" -> Future.succeededFuture();
                    case INSUFFICIENT_PRIVILEGE ->
                        failed(
                                "Its user may not make the extension 'vector'. Let a superuser run there once: create"
                                        + " extension vector with schema " + config.extensionSchema(),
                                failure);
                    default -> failed("The extension 'vector' cannot be made: " + failure.getMessage(), failure);
                });
    }

    private Future<Void> migrate() {
        return vertx.executeBlocking(
                        () -> {
                            PgConnectOptions options = address.options();
                            int applied = Flyway.configure(PgVectorSchema.class.getClassLoader())
                                    .dataSource(address.jdbcUrl(), options.getUser(), options.getPassword())
                                    .locations("classpath:" + LOCATION)
                                    .schemas(config.schema())
                                    .createSchemas(true)
                                    .table(HISTORY)
                                    .load()
                                    .migrate()
                                    .migrationsExecuted;
                            LOG.infof("The engine pgvector is ready; %d migrations were applied.", applied);
                            return applied;
                        },
                        false)
                .<Void>mapEmpty()
                .recover(failure -> failed("Its schema cannot be prepared: " + failure.getMessage(), failure));
    }

    private <T> Future<T> tooOld(String version, String remedy) {
        return failed(
                "Its extension 'vector' has version " + version + ", and 0.8 is the least that is enough. " + remedy,
                null);
    }

    /** Whether it is before 0.8. */
    private static boolean isOldVersion(@Nullable String version) {
        String[] parts = String.valueOf(version).split("\\.", -1);
        return parts[0].equals("0") && parts.length > 1 && Integer.parseInt(parts[1]) < LEAST_MINOR;
    }

    private <T> Future<T> failed(String reason, @Nullable Throwable cause) {
        return Future.failedFuture(new IllegalStateException(
                "The engine pgvector cannot use its database " + address + ". " + reason, cause));
    }
}
