package dev.tandem.crash;

import dev.tandem.testing.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What PostgreSQL holds, read over JDBC, past the service. */
final class Rows {

    private final PostgresServer postgres;

    Rows(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** The documents of a collection by key. */
    Map<String, Version> documents(String collection) throws SQLException {
        Map<String, Version> found = new TreeMap<>();
        try (Connection connection = postgres.connect();
                PreparedStatement statement = connection.prepareStatement("""
                        select document.key, document.content, document.metadata from document
                        join collection on collection.id = document.collection_id where collection.name = ?
                        """)) {
            statement.setString(1, collection);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    JsonObject metadata = new JsonObject(rows.getString(3));
                    found.put(rows.getString(1), new Version(Words.word(rows.getString(2)), metadata.getInteger("n")));
                }
            }
        }
        return found;
    }

    /** The versions of a collection's documents by key. */
    Map<String, Long> versions(String collection) throws SQLException {
        try (Connection connection = postgres.connect()) {
            return versions(connection, """
                    select document.key, document.version from document
                    join collection on collection.id = document.collection_id where collection.name = '%s'
                    """.formatted(collection));
        }
    }

    /** The first column of all rows with the second one. */
    static Map<String, Long> versions(Connection connection, String sql) throws SQLException {
        Map<String, Long> versions = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
    }

    /** What the names of the tables end in that searches of a collection use in pgvector. */
    String pgVectorStore(String collection) throws SQLException {
        try (Connection connection = postgres.connect();
                PreparedStatement statement = connection.prepareStatement("""
                        select replace(cast(collection.id as text), '-', '') || '_' || build from index_cursor
                        join collection on index_cursor.name = 'engine/pgvector/' || collection.id
                        where collection.name = ?
                        """)) {
            statement.setString(1, collection);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** The first column of the first row. */
    long number(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** How many connections of the service stand inside a transaction and do nothing. */
    long idleInTransaction() throws SQLException {
        return number("""
                select count(*) from pg_stat_activity
                where application_name like 'tandem%' and state like 'idle in transaction%'
                """);
    }

    /** The time of PostgreSQL's clock. */
    Instant now() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** What the service's connections do in transactions that began before that time, as SQL. */
    List<String> statementsBegunBefore(Instant time) throws SQLException {
        try (Connection connection = postgres.connect();
                PreparedStatement statement = connection.prepareStatement("""
                        select state || ': ' || query from pg_stat_activity
                        where application_name like 'tandem%' and state <> 'idle' and xact_start < ?
                        """)) {
            statement.setObject(1, time.atOffset(ZoneOffset.UTC));
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    /** What background work is open or leased, and how much of it; empty if none is. */
    List<String> openWork() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select count(*) || ' of ' || work from (
                            select 'embedding_task' as work from embedding_task where parked_at is null
                            union all select 'job ' || kind from job where ended_at is null
                            union all select 'leases on ' || name from index_cursor where lease_until > now()
                        ) as open
                        group by work
                        """)) {
            List<String> open = new ArrayList<>();
            while (rows.next()) {
                open.add(rows.getString(1));
            }
            return open;
        }
    }
}
