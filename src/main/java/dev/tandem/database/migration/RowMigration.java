package dev.tandem.database.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * A migration that changes rows in a way that SQL can't say, such as with a library. It goes through them in the order of their key, a portion
 * at a time, and each portion is a transaction. After a failure, or when it was killed, it begins again, so its {@link #rows} say which rows
 * still need it: what is committed is not read a second time.
 *
 * <p>It waits for PostgreSQL, as scripts do, on the thread on which Flyway migrates, before the service takes requests. Its source is named like
 * a script, and is one to Flyway: its checksum is that of the text, which lies beside the class, so an edited one is noticed.
 */
public abstract class RowMigration extends BaseJavaMigration {

    private static final int PORTION = 500;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The columns by which the rows are told apart and put in order: those of the primary key. */
    protected abstract List<String> key();

    /** A SELECT of the rows of one table that still need the change, with the columns of the key, without ORDER BY. */
    protected abstract String rows();

    /** The statement that runs for each row, with parameters. */
    protected abstract String statement();

    /**
     * Sets the statement's parameters for a row, which stays locked until its portion is committed.
     *
     * @throws SQLException if the row has no such column, or the statement no such parameter
     */
    protected abstract void change(ResultSet row, PreparedStatement statement) throws SQLException;

    /** How many rows are changed in a transaction, and are in memory at a time; fewer, where they are large. */
    protected int portion() {
        return PORTION;
    }

    /** Portions are transactions of their own, so the whole is none. */
    @Override
    public final boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public final void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        connection.setAutoCommit(false);
        try {
            List<String> last = List.of();
            do {
                last = changed(last, connection);
                connection.commit();
            } while (!last.isEmpty());
        } catch (SQLException | RuntimeException e) {
            takeBack(connection, e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    private static void takeBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is gone, and its transaction with it.
            failure.addSuppressed(e);
        }
    }

    /** Changes the next portion. Returns the key of its last row; empty if there was none. */
    private List<String> changed(List<String> last, Connection connection) throws SQLException {
        List<String> reached = List.of();
        try (PreparedStatement limit = connection.prepareStatement("SELECT set_config('lock_timeout', '5s', true)");
                PreparedStatement select = connection.prepareStatement(portionAfter(last));
                PreparedStatement statement = connection.prepareStatement(statement())) {
            limit.execute();
            for (int i = 0; i < last.size(); i++) {
                // PostgreSQL tells the type by the column, as it does with a literal.
                select.setObject(i + 1, last.get(i), Types.OTHER);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    change(row, statement);
                    statement.addBatch();
                    reached = keyOf(row);
                }
            }
            statement.executeBatch();
        }
        return reached;
    }

    private String portionAfter(List<String> last) {
        String columns = String.join(", ", key());
        String beyond = last.isEmpty()
                ? ""
                : " WHERE (" + columns + ") > (" + String.join(", ", Collections.nCopies(last.size(), "?")) + ")";
        return "SELECT * FROM (" + rows() + ") AS needing" + beyond + " ORDER BY " + columns + " LIMIT " + portion()
                + " FOR NO KEY UPDATE";
    }

    private List<String> keyOf(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (String column : key()) {
            values.add(row.getString(column));
        }
        return values;
    }

    @Override
    public final Integer getChecksum() {
        String name = "%s.java".formatted(getClass().getSimpleName());
        try (InputStream source = getClass().getResourceAsStream(name)) {
            if (source == null) {
                throw new FlywayException(name + " is not beside its class; ./mvnw process-resources puts it there");
            }
            return checksum(new String(source.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flyway's checksum of a script: CRC-32 of the lines without their line ends, in UTF-8. */
    public static int checksum(String text) {
        CRC32 sum = new CRC32();
        String plain = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        plain.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) sum.getValue();
    }
}
