package dev.tandem.init;

import dev.tandem.database.connection.VerifiedServer;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the database with the rows is, for engines that use the same one. */
@Singleton
class RowsAddress {

    private static final String PREFIX = "vertx-reactive:";

    private final Optional<List<String>> urls;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Optional<Path> authority;

    RowsAddress(
            @ConfigProperty(name = "quarkus.datasource.reactive.url") Optional<List<String>> urls,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            @ConfigProperty(name = DatabaseConfigSourceFactory.CA_FILE) Optional<Path> authority) {
        this.urls = urls;
        this.user = user;
        this.password = password;
        this.authority = authority;
    }

    /** A file with the certificates of the authority that the server is verified by, as PEM. */
    Optional<Path> authority() {
        return authority;
    }

    /** Of several servers the first one. */
    PgConnectOptions options() {
        String url = urls.stream()
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("quarkus.datasource.reactive.url is not set."));
        PgConnectOptions options =
                PgConnectOptions.fromUri(url.startsWith(PREFIX) ? url.substring(PREFIX.length()) : url);
        user.ifPresent(options::setUser);
        password.ifPresent(options::setPassword);
        authority.ifPresent(file -> VerifiedServer.verify(options, file));
        return options;
    }
}
