package dev.tandem.tool.migration.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One connection to a scratch database, for several statements. */
final class Session implements AutoCloseable {

    /**
     * {@code discard all}, but for the statements that the driver has prepared: to plan a question to the catalogue takes several times as
     * long as to answer it.
     */
    private static final String AS_NEW = """
            close all; reset session authorization; reset all; unlisten *; select pg_advisory_unlock_all(); discard temp; discard sequences""";

    /** Forgets the statements that SQL has prepared. */
    private static final String UNPREPARED = """
            do $$ declare statement name; begin
                for statement in select p.name from pg_prepared_statements p where p.from_sql loop
                    execute format('deallocate %I', statement);
                end loop;
            end $$""";

    private static final Pattern PREPARES = Pattern.compile("prepare", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final Connection connection;
    private final Consumer<Session> afterUse;

    /** Whether something has run that the next user could notice. */
    private boolean used;

    /** Whether that may have been {@code prepare}. */
    private boolean prepares;

    /** A session that ends with its use. */
    Session(String name, Connection connection) {
        this(name, connection, Session::end);
    }

    /** @param afterUse what happens to it when it is closed */
    Session(String name, Connection connection, Consumer<Session> afterUse) {
        this.name = name;
        this.connection = connection;
        this.afterUse = afterUse;
    }

    void run(String sql) throws SQLException {
        used = true;
        prepares |= PREPARES.matcher(sql).find();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether the statement ran; for statements that may fail without harm. */
    boolean tried(String sql) {
        try {
            run(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A query's rows as text; null is empty. */
    List<List<String>> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    String value = result.getString(column);
                    row.add(value == null ? "" : value);
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("Can't read " + name + ": " + Server.oneLine(e), e);
        }
    }

    /** The connection, for a library that closes it; that closes the session. */
    Connection lent() {
        used = true;
        prepares = true;
        return (Connection) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        close();
                        return null;
                    }
                    return invoked(method, arguments);
                });
    }

    private Object invoked(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Whether it is now like a new one. After a transaction that SQL has begun and not ended, it is not. */
    boolean renewed() {
        if (!used) {
            return true;
        }
        try (Statement statement = connection.createStatement()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            connection.setReadOnly(false);
            statement.execute(AS_NEW);
            if (prepares) {
                statement.execute(UNPREPARED);
            }
            used = false;
            prepares = false;
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        afterUse.accept(this);
    }

    /** Leaves the database. */
    void end() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Can't leave " + name + ": " + Server.oneLine(e), e);
        }
    }
}
