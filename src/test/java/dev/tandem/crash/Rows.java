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

    /** How many pieces of background work are open or leased. */
    long openWork() throws SQLException {
        return number("""
                select (select count(*) from embedding_task where parked_at is null)
                     + (select count(*) from job where ended_at is null)
                     + (select count(*) from index_cursor where lease_until > now())
                """);
    }
}
