package dev.tandem.packaged;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Holds jobs in the middle of a step. A job runs as fast as it can until it has done so much; its next step then waits in its transaction, with
 * all its work done and before it commits, until the brake is moved on. So however many jobs there are, none has ended when their process is
 * killed.
 */
final class Brake implements AutoCloseable {

    private static final int LOCK = 4711;

    private final Connection connection;

    /** @param connection to the service's database, in which the tables of the service exist. It is closed with the brake */
    Brake(Connection connection) throws SQLException {
        this.connection = connection;
        run("create table brake (most bigint not null)");
        run("insert into brake values (0)");
        run("""
                create function brake() returns trigger language plpgsql as $$
                begin
                    if new.done + new.failed > (select most from brake) then
                        perform pg_advisory_xact_lock_shared(%d);
                    end if;
                    return new;
                end $$
                """.formatted(LOCK));
        run("create trigger brake before update of done on job for each row execute function brake()");
    }

    /** From now on, no job gets further than this. */
    void hold(long most) throws SQLException {
        run("update brake set most = " + most);
        // Waits for the transactions that the last release has let go.
        run("select pg_advisory_lock(" + LOCK + ")");
    }

    /** Lets go whatever waits. A step whose process has been killed meanwhile is rolled back. */
    void release() throws SQLException {
        run("update brake set most = " + Long.MAX_VALUE);
        run("select pg_advisory_unlock(" + LOCK + ")");
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    /** The first column of the first row. */
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
