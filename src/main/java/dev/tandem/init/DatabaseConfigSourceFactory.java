package dev.tandem.init;

import dev.tandem.database.connection.VerifiedServer;
import io.quarkus.runtime.ImageMode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Completes the database's address. There are two drivers: the reactive one serves requests, the JDBC one migrates. Where an authority is
 * named that the database's certificate must be of, both demand it. The password may be in a file.
 *
 * <p>If one URL is configured, the other is derived from it. If none is, development and tests get an {@linkplain EmbeddedDatabase embedded
 * PostgreSQL}; in production the start fails and names the missing setting.
 */
public final class DatabaseConfigSourceFactory implements ConfigSourceFactory {

    private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String JDBC = "jdbc:";

    /** A file with the certificates of the authority, as PEM. */
    static final String CA_FILE = "tandem.database.ca-file";

    /** A file with the password. */
    private static final String PASSWORD_FILE = "tandem.database.password-file";

    private static final String PASSWORD = "quarkus.datasource.password";

    private static final Pattern DOLLAR = Pattern.compile("(\\\\*)\\$");

    /** A native image is built without the server's classes, and fails to build while something leads to them. */
    private static final boolean EMBEDDABLE = ImageMode.current() == ImageMode.JVM;

    /** Below application.properties, so that every configured value takes precedence. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        List<ConfigSource> sources = new ArrayList<>(address(context));
        String authority = value(context, CA_FILE);
        if (authority != null) {
            sources.addAll(source(verified(authority)));
        }
        String passwordFile = value(context, PASSWORD_FILE);
        if (passwordFile != null) {
            sources.addAll(source(Map.of(PASSWORD, secret(Path.of(passwordFile)))));
        }
        return sources;
    }

    private static Map<String, String> verified(String authority) {
        return Map.of(
                "quarkus.datasource.reactive.postgresql.ssl-mode",
                VerifiedServer.MODE,
                "quarkus.datasource.reactive.hostname-verification-algorithm",
                VerifiedServer.BY_NAME,
                "quarkus.datasource.reactive.trust-certificate-pem",
                "true",
                "quarkus.datasource.reactive.trust-certificate-pem.certs",
                authority,
                "quarkus.datasource.jdbc.additional-jdbc-properties.sslmode",
                VerifiedServer.MODE,
                "quarkus.datasource.jdbc.additional-jdbc-properties.sslrootcert",
                authority);
    }

    private static List<ConfigSource> address(ConfigSourceContext context) {
        String reactiveUrl = value(context, REACTIVE_URL);
        String jdbcUrl = value(context, JDBC_URL);
        if (reactiveUrl != null && jdbcUrl != null) {
            return List.of();
        }
        if (jdbcUrl != null) {
            return source(Map.of(REACTIVE_URL, jdbcUrl.substring(JDBC.length())));
        }
        if (reactiveUrl != null) {
            return source(Map.of(JDBC_URL, JDBC + reactiveUrl.replaceFirst("^vertx-reactive:", "")));
        }
        List<String> profiles = context.getProfiles();
        if (!EMBEDDABLE || !profiles.contains("dev") && !profiles.contains("test")) {
            return List.of();
        }
        String url = EmbeddedDatabase.url(Optional.ofNullable(value(context, "tandem.embedded-database.directory")));
        return source(Map.of(
                REACTIVE_URL,
                url,
                JDBC_URL,
                JDBC + url,
                "quarkus.datasource.username",
                EmbeddedDatabase.USER,
                PASSWORD,
                EmbeddedDatabase.USER));
    }

    private static String secret(Path file) {
        try {
            return literal(Files.readString(file).stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + PASSWORD_FILE + ", " + file, e);
        }
    }

    /**
     * A setting with this value. A dollar sign in it begins no name of another setting. There is no sign for a backslash before one, so it is the
     * default of a name that nothing has.
     */
    private static String literal(String value) {
        return DOLLAR.matcher(value).replaceAll(found -> {
            String backslashes = found.group(1);
            String before = backslashes.isEmpty() ? "" : "${" + PASSWORD_FILE + ".none:" + backslashes + "}";
            return Matcher.quoteReplacement(before + "$$");
        });
    }

    private static List<ConfigSource> source(Map<String, String> properties) {
        return List.of(new PropertiesConfigSource(properties, "Tandem's database", ORDINAL));
    }

    private static @Nullable String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank() ? null : value.getValue();
    }
}
