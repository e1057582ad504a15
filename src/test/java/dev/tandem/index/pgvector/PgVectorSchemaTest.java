package dev.tandem.index.pgvector;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start says what is missing, and prepares what may be prepared. */
class PgVectorSchemaTest {

    private final String name = "pgvector_" + ProcessHandle.current().pid();
    private PgConnectOptions own;

    @BeforeEach
    void createDatabase() throws SQLException {
        own = PgVectorServer.options().setDatabase(name);
        admin(
                "create database " + name,
                "create role " + name + " login",
                "grant create on database " + name + " to " + name);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (own != null) {
            admin("drop database " + name + " with (force)", "drop role " + name);
        }
    }

    private static void admin(String... statements) throws SQLException {
        try (Connection connection = PgVectorServer.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private void inDatabase(String sql) throws SQLException {
        PgVectorAddress address = PgVectorAddress.of(PgVectorServer.config(Map.of()), own, Optional.empty());
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), own.getUser(), "")) {
            connection.createStatement().execute(sql);
        }
    }

    private Uni<Void> prepare(PgConnectOptions options, Map<String, String> settings) {
        PgVectorConfig config = PgVectorServer.config(settings);
        return new PgVectorSchema(PgVectorServer.vertx(), config, PgVectorAddress.of(config, options, Optional.empty()))
                .prepare();
    }

    private void assertFails(PgConnectOptions options, String... words) {
        assertThatThrownBy(() -> await(prepare(options, Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The engine pgvector cannot use its database ")
                .hasMessageContainingAll(words);
    }

    @Test
    @DisplayName("a user who may make the extension makes it, also when several replicas start at once, and once only")
    void prepares() throws SQLException {
        await(Uni.join()
                .all(Stream.generate(() -> prepare(own, Map.of())).limit(4).toList())
                .andFailFast());
        await(prepare(own, Map.of()));
        assertFindsOne(own, Map.of());
    }

    @Test
    @DisplayName("a user who may not make the extension is told who has to, and goes on once it is there")
    void mayNot() throws SQLException {
        PgConnectOptions poor = new PgConnectOptions(own).setUser(name);
        assertFails(poor, "may not make the extension 'vector'", "create extension vector with schema public");
        inDatabase("create extension vector");
        await(prepare(poor, Map.of()));
        assertFindsOne(poor, Map.of());
    }

    @Test
    @DisplayName("an old extension is refused, with what has to be done")
    void old() throws SQLException {
        inDatabase("create extension vector");
        inDatabase("update pg_extension set extversion = '0.7.4' where extname = 'vector'");
        assertFails(own, "version 0.7.4", "0.8", "alter extension vector update");
        inDatabase("update pg_extension set extversion = '1.0' where extname = 'vector'");
        await(prepare(own, Map.of()));
    }

    @Test
    @DisplayName("an extension in another schema has to be named")
    void elsewhere() throws SQLException {
        inDatabase("create schema extensions");
        inDatabase("create extension vector with schema extensions");
        assertFails(own, "in the schema 'extensions'", "tandem.engine.pgvector.extension-schema");
        Map<String, String> named = Map.of("extension-schema", "extensions");
        await(prepare(own, named));
        assertFindsOne(own, named);
    }

    @Test
    @DisplayName("a server without pgvector is named, and one that does not answer is away for now")
    void missing() throws IOException {
        PgConnectOptions plain = new PgConnectOptions(own)
                .setHost("localhost")
                .setUser("postgres")
                .setPassword("postgres")
                .setDatabase("postgres");
        int port;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            port = server.getPort();
            assertFails(plain.setPort(port), "has no extension 'vector'", "Install pgvector 0.8", "localhost:" + port);
        }
        PgVectorConfig config = PgVectorServer.config(Map.of());
        PgVectorAddress away = PgVectorAddress.of(config, plain.setPort(port), Optional.empty());
        assertThatThrownBy(() -> await(new PgVectorSchema(PgVectorServer.vertx(), config, away).prepare()))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("engine.unavailable"));
    }

    @Test
    @DisplayName("the user and password of the rows are never sent to another database")
    void otherDatabase(@TempDir Path folder) throws IOException {
        PgConnectOptions rows =
                new PgConnectOptions().setHost("rows").setUser("owner").setPassword("secret");
        PgVectorAddress same = PgVectorAddress.of(PgVectorServer.config(Map.of()), rows, Optional.empty());
        assertThat(same.options().getPassword()).isEqualTo("secret");
        assertThat(same.toString()).contains("owner@rows").doesNotContain("secret");
        Map<String, String> elsewhere = Map.of("url", "postgresql://other:5433/vectors?sslmode=require");
        PgVectorAddress other = PgVectorAddress.of(PgVectorServer.config(elsewhere), rows, Optional.empty());
        assertThat(other.options().getUser()).isNotEqualTo("owner");
        assertThat(other.options().getPassword()).isNotEqualTo("secret");
        assertThat(other.jdbcUrl()).isEqualTo("jdbc:postgresql://other:5433/vectors?sslmode=require");
        Path file = Files.writeString(folder.resolve("password"), "from a file\n");
        Map<String, String> withFile =
                Map.of("url", "postgresql://other/vectors", "user", "me", "password-file", file.toString());
        PgVectorAddress byFile = PgVectorAddress.of(PgVectorServer.config(withFile), rows, Optional.empty());
        assertThat(byFile.options().getUser()).isEqualTo("me");
        assertThat(byFile.options().getPassword()).isEqualTo("from a file");
    }

    private static void assertFindsOne(PgConnectOptions options, Map<String, String> settings) {
        PgVectorConfig config = PgVectorServer.config(settings);
        PgVectorEngine engine = new PgVectorEngine(
                PgVectorServer.vertx(), config, PgVectorAddress.of(config, options, Optional.empty()));
        Store store = new Store(UUID.randomUUID(), "1x1", new Shape(Language.NONE, Metric.COSINE, 2));
        await(engine.create(store));
        Vector vector = Vector.of(1, 1);
        await(engine.write(
                store,
                Claim.version(1, 1),
                List.of(Entries.entry(UUID.randomUUID(), null, null, new Metadata(Map.of("a", 1)), vector)),
                Set.of()));
        assertThat(await(engine.search(store, new CandidateQuery(null, vector, List.of(), Filter.EVERYTHING, 5)))
                        .byVector())
                .hasSize(1);
        assertThat(await(engine.stores())).containsExactly(store.name());
        await(engine.drop(store));
        assertThat(await(engine.stores())).isEmpty();
        engine.close();
    }
}
