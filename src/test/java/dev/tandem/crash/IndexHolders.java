package dev.tandem.crash;

import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Which replica holds the lease on a shared index, and how often it has changed hands, noted by a trigger in PostgreSQL. */
final class IndexHolders {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String HOLDER = """
            select cast(substring(role from '[0-9]+') as int) from index_claim
            join index_cursor on index_cursor.name = index_claim.name
            join collection on index_cursor.name like '%/' || collection.id
            where collection.name = ? and lease_until > now()
            """;

    private final PostgresServer postgres;

    private IndexHolders(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Notes who takes leases from now on. */
    static IndexHolders watch(PostgresServer postgres) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table index_claim (name text primary key, role text, changes bigint);
                    create function note_claim() returns trigger language plpgsql as $$
                    begin
                        insert into index_claim values (new.name, current_user, 0)
                        on conflict (name) do update set role = excluded.role,
                            changes = index_claim.changes + cast(index_claim.role <> excluded.role as int);
                        return new;
                    end $$;
                    create trigger note_claim after insert or update of holder on index_cursor
                    for each row execute function note_claim();
                    """);
        }
        return new IndexHolders(postgres);
    }

    /** The replica that changes the index of a collection at the moment; waits for one. */
    int awaitHolder(String collection) {
        return await("a replica to hold the lease")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> holder(collection), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Integer> holder(String collection) throws SQLException {
        try (Connection connection = postgres.connect();
                PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setString(1, collection);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
            }
        }
    }

    /** How often another replica than before has taken a lease. */
    long changes() throws SQLException {
        return new Rows(postgres).number("select coalesce(sum(changes), 0) from index_claim");
    }
}
