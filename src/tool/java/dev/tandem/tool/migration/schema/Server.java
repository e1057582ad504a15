package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;

/**
 * A PostgreSQL server and the user that connects to it.
 *
 * @param url of a database to connect to first, {@code jdbc:postgresql://host:port/database}
 */
public record Server(String url, String user, String password) {

    private static final String JDBC = "jdbc:";

    /** @throws MigrationRefusal if it cannot be reached, or refuses the connection */
    public Connection connect() {
        return connect(url, properties());
    }

    /**
     * A connection that prepares each statement when it is first used, so that PostgreSQL plans it only once. Values have the same text as
     * without that.
     */
    Connection connectPreparing() {
        Properties properties = properties();
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("preferQueryMode", "extendedCacheEverything");
        properties.setProperty("binaryTransfer", "false");
        return connect(url, properties);
    }

    /** The database {@code name} on the same server. */
    public Server database(String name) {
        URI address = URI.create(url.substring(JDBC.length()));
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new Server(JDBC + "postgresql://" + address.getRawAuthority() + "/" + name + query, user, password);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "tandem-db");
        properties.setProperty("connectTimeout", "10");
        return properties;
    }

    private static Connection connect(String address, Properties properties) {
        try {
            // Without DriverManager, which knows only the drivers of the first class loader; tests have several.
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

    /** Without its query, which may contain a password. */
    private static String shown(String address) {
        return address.replaceFirst("\\?.*", "");
    }

    /** What PostgreSQL says, with its detail: which value, which object. */
    public static String oneLine(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getSQLState());
        String detail = detail(e);
        return detail.isEmpty() ? message : message + " (" + detail + ")";
    }

    /** Empty if PostgreSQL gives none. */
    static String detail(SQLException e) {
        return e instanceof PSQLException refused
                        && refused.getServerErrorMessage() != null
                        && refused.getServerErrorMessage().getDetail() != null
                ? refused.getServerErrorMessage().getDetail().replaceAll("\\s+", " ")
                : "";
    }
}
