package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A PostgreSQL server and who we are on it.
 *
 * @param url of a database to connect to first, {@code jdbc:postgresql://host:port/database}
 */
public record Server(String url, String user, String password) {

    private static final String JDBC = "jdbc:";

    /** @throws MigrationRefusal if it can't be reached, or doesn't let us in */
    public Connection connect() {
        return connect(url);
    }

    /** The same server's database {@code name}. */
    public Server database(String name) {
        URI address = URI.create(url.substring(JDBC.length()));
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new Server(JDBC + "postgresql://" + address.getRawAuthority() + "/" + name + query, user, password);
    }

    private Connection connect(String address) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "tandem-db");
        properties.setProperty("connectTimeout", "10");
        try {
            // Not through DriverManager: it knows the drivers of the first class loader only, and tests have several.
            Connection connection = new Driver().connect(address, properties);
            if (connection == null) {
                throw new MigrationRefusal(
                        shown(address) + " is no address of a PostgreSQL (jdbc:postgresql://host:port/database)");
            }
            return connection;
        } catch (SQLException e) {
            throw new MigrationRefusal("Can't connect to " + shown(address) + ": " + oneLine(e), e);
        }
    }

    /** Without its query, where a password may be. */
    private static String shown(String address) {
        return address.replaceFirst("\\?.*", "");
    }

    static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getSQLState());
    }
}
