package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Server;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the address of a database, as JDBC or libpq writes it. */
final class DatabaseAddress {

    private DatabaseAddress() {}

    /**
     * The database at {@code jdbc:postgresql://host/db?user=u&password=p} or {@code postgresql://u:p@host/db}. A missing user or password
     * is taken from PGUSER and PGPASSWORD.
     *
     * @throws MigrationRefusal if it is neither; the message omits the text, which may contain a password
     */
    static Server parse(String text) {
        return parse(
                text,
                Optional.ofNullable(System.getenv("PGUSER")).orElse("postgres"),
                Optional.ofNullable(System.getenv("PGPASSWORD")).orElse(""));
    }

    /** The same, with a user and a password for an address that names none. */
    static Server parse(String text, String defaultUser, String defaultPassword) {
        URI address = uri(text.replaceFirst("^jdbc:", "").replaceFirst("^vertx-reactive:", ""));
        boolean known = "postgresql".equals(address.getScheme()) || "postgres".equals(address.getScheme());
        String path = address.getRawPath();
        if (!known || address.getHost() == null || path == null || path.length() < 2) {
            throw unreadable();
        }
        String user = defaultUser;
        String password = defaultPassword;
        if (address.getRawUserInfo() != null) {
            String[] parts = address.getRawUserInfo().split(":", 2);
            user = decoded(parts[0]);
            password = parts.length > 1 ? decoded(parts[1]) : password;
        }
        List<String> query = new ArrayList<>();
        for (String parameter :
                Optional.ofNullable(address.getRawQuery()).orElse("").split("&")) {
            if (parameter.startsWith("user=")) {
                user = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                query.add(parameter);
            }
        }
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String rest = query.isEmpty() ? "" : "?" + String.join("&", query);
        return new Server("jdbc:postgresql://" + address.getHost() + port + path + rest, user, password);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw unreadable();
        }
    }

    private static MigrationRefusal unreadable() {
        return new MigrationRefusal(
                "A database's URL is jdbc:postgresql://host:port/database or postgresql://user:password@host:port/database");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
