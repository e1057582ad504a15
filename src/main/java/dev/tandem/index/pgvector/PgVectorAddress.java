package dev.tandem.index.pgvector;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;

/** Where the engine's database is, and who may use it. */
public final class PgVectorAddress {

    private final PgConnectOptions options;

    private PgVectorAddress(PgConnectOptions options) {
        this.options = options;
    }

    /**
     * The address that is configured, or the database with the rows.
     *
     * @param rows the database with the rows, with its user and password; they are never sent to another database
     */
    public static PgVectorAddress of(PgVectorConfig config, PgConnectOptions rows) {
        if (config.url().isEmpty()) {
            return new PgVectorAddress(new PgConnectOptions(rows));
        }
        PgConnectOptions options = PgConnectOptions.fromUri(config.url().get());
        config.user().ifPresent(options::setUser);
        config.password().ifPresent(options::setPassword);
        config.passwordFile().map(PgVectorAddress::read).ifPresent(options::setPassword);
        return new PgVectorAddress(options);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("The password of pgvector's database cannot be read from " + file + ".", e);
        }
    }

    /** A copy of the options, for one pool. */
    PgConnectOptions options() {
        PgConnectOptions copy = new PgConnectOptions(options);
        copy.setProperties(new HashMap<>(options.getProperties()));
        return copy;
    }

    /** For Flyway, which needs JDBC. User and password are passed beside it. */
    String jdbcUrl() {
        SslMode ssl = options.getSslMode();
        return "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase()
                + "?sslmode=" + ssl.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Without the password. */
    @Override
    public String toString() {
        return options.getUser() + "@" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
    }
}
