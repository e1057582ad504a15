package dev.tandem.index.pgvector;

import dev.tandem.database.connection.VerifiedServer;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/** Where the engine's database is, and who may use it. */
public final class PgVectorAddress {

    private final PgConnectOptions options;
    private final Optional<Path> authority;

    private PgVectorAddress(PgConnectOptions options, Optional<Path> authority) {
        this.options = options;
        this.authority = authority;
    }

    /**
     * The address that is configured, or the database with the rows.
     *
     * @param rows the database with the rows, with its user and password; they are never sent to another database
     * @param rowsAuthority a file with the certificates of the authority that the database with the rows is verified by, as PEM
     */
    public static PgVectorAddress of(PgVectorConfig config, PgConnectOptions rows, Optional<Path> rowsAuthority) {
        if (config.url().isEmpty()) {
            return new PgVectorAddress(new PgConnectOptions(rows), rowsAuthority);
        }
        PgConnectOptions options = PgConnectOptions.fromUri(config.url().get());
        config.user().ifPresent(options::setUser);
        config.password().ifPresent(options::setPassword);
        config.passwordFile().map(PgVectorAddress::read).ifPresent(options::setPassword);
        config.caFile().ifPresent(file -> VerifiedServer.verify(options, file));
        return new PgVectorAddress(options, config.caFile());
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
        String mode = "sslmode="
                + options.getSslMode().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase() + "?"
                + authority.map(VerifiedServer::jdbcParameters).orElse(mode);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return options.getUser() + "@" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
    }
}
