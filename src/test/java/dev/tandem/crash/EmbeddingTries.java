package dev.tandem.crash;

import dev.tandem.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Which replica began to embed which document, noted by a trigger in PostgreSQL. */
final class EmbeddingTries implements AutoCloseable {

    private final PostgresServer postgres;

    private EmbeddingTries(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Notes every try from now on. */
    static EmbeddingTries watch(PostgresServer postgres) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table embedding_try (document_id uuid, role text);
                    create function note_try() returns trigger language plpgsql as $$
                    begin
                        insert into embedding_try values (new.document_id, current_user);
                        return new;
                    end $$;
                    create trigger note_try after update of attempts on embedding_task
                    for each row when (new.attempts > old.attempts) execute function note_try();
                    """);
        }
        return new EmbeddingTries(postgres);
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop function note_try cascade; drop table embedding_try");
        }
    }

    /** How many tries each replica began, by its role. */
    Map<String, Integer> byRole() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select role, count(*) from embedding_try group by role")) {
            Map<String, Integer> tries = new TreeMap<>();
            while (rows.next()) {
                tries.put(rows.getString(1), rows.getInt(2));
            }
            return tries;
        }
    }

    long documentsTriedAgain() throws SQLException {
        return new Rows(postgres).number("""
                select count(*) from (select from embedding_try group by document_id having count(*) > 1) again
                """);
    }
}
