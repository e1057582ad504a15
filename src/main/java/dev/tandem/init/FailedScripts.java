package dev.tandem.init;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jboss.logging.Logger;

/**
 * Lets a script run again after it has failed outside a transaction, where Flyway notes the failure and would refuse every later start: one that
 * says so, because it goes on where it stopped, and one that builds indexes, each after DROP INDEX IF EXISTS of its name, so that the next attempt
 * removes what this one has left. A migration in Java goes on where it stopped too.
 */
final class FailedScripts implements Callback {

    private static final Logger LOG = Logger.getLogger(FailedScripts.class);

    /** The line by which a script says that it may run again. */
    private static final String MARK = "-- runs again after a failure";

    /** Flyway's type of a migration in Java. */
    private static final String JAVA = "JDBC";

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");
    private static final Pattern DROP =
            Pattern.compile("drop index concurrently if exists (\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CREATE =
            Pattern.compile("create (?:unique )?index concurrently (\\S+) on .*", Pattern.CASE_INSENSITIVE);

    private final String folder;

    /** @param folder the scripts' place on the class path, with its last slash */
    FailedScripts(String folder) {
        this.folder = folder;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "failed scripts";
    }

    @Override
    public void handle(Event event, Context context) {
        String history = "\"" + context.getConfiguration().getTable() + "\"";
        Connection connection = context.getConnection();
        try {
            for (String script : failed(connection, history)) {
                forget(script, connection, history);
                LOG.infof("%s failed the last time; it runs again", script);
            }
        } catch (SQLException e) {
            throw new FlywayException("Can't read which scripts have failed: " + e.getMessage(), e);
        }
    }

    /** Those that may run again. */
    private List<String> failed(Connection connection, String history) throws SQLException {
        List<String> scripts = new ArrayList<>();
        try (PreparedStatement exists = connection.prepareStatement("select to_regclass(?) is not null")) {
            exists.setString(1, history);
            try (ResultSet found = exists.executeQuery()) {
                if (!found.next() || !found.getBoolean(1)) {
                    return scripts;
                }
            }
        }
        try (PreparedStatement select =
                        connection.prepareStatement("select script, type from " + history + " where not success");
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                String script = found.getString(1);
                if (found.getString(2).equals(JAVA) || repeatable(text(script))) {
                    scripts.add(script);
                }
            }
        }
        return scripts;
    }

    private static void forget(String script, Connection connection, String history) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from " + history + " where not success and script = ?")) {
            delete.setString(1, script);
            delete.executeUpdate();
        }
    }

    /** Whether it says so, or each statement drops an index if it exists, or builds one that was dropped before. */
    static boolean repeatable(String sql) {
        if (sql.lines().anyMatch(MARK::equals)) {
            return true;
        }
        Set<String> dropped = new HashSet<>();
        boolean any = false;
        for (String part : COMMENT.matcher(sql).replaceAll("").split(";")) {
            String statement = part.strip().replaceAll("\\s+", " ");
            Matcher drop = DROP.matcher(statement);
            Matcher create = CREATE.matcher(statement);
            if (drop.matches()) {
                dropped.add(bare(drop.group(1)));
                any = true;
            } else if (!statement.isEmpty() && !(create.matches() && dropped.contains(bare(create.group(1))))) {
                return false;
            }
        }
        return any;
    }

    private static String bare(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Empty if the script is not there any more. */
    private String text(String script) {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(folder + script)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FlywayException("Can't read " + script + ": " + e.getMessage(), e);
        }
    }
}
