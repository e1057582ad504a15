package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.MetadataIndex;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that write documents, each caught in the middle while an index is declared. The writers use SQL, as an earlier release does. */
@QuarkusTest
class DeclaredIndexRacesComponentTest {

    private static final String ADD = """
            insert into document (id, collection_id, key, metadata, content_hash, version, text_version, created_at, updated_at)
            values (?, ?, 'k' || ?, jsonb_build_object('w', ?), repeat('0', 64), 1, 1, now(), now())
            """;

    private static final String DECLARE =
            "insert into metadata_index (collection_id, path, json_path, ready, done) values (?, 'w', 'strict $.w', false, 0)";

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    MetadataIndexRepository indexes;

    @Inject
    CollectionService collections;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void removeCollection() {
        world.delete(owner);
    }

    @Test
    void whoDeclaresWaitsForWhoAdds() throws SQLException {
        try (Connection adding = Database.connect()) {
            adding.setAutoCommit(false);
            add(adding, 1);
            CompletableFuture<Void> declaring = CompletableFuture.runAsync(this::declare);
            awaitBlocked();
            assertThat(declaring).isNotDone();
            adding.commit();
            declaring.join();
        }
        ready();
        assertThat(values()).containsExactly("1");
    }

    /** The trigger runs behind the check of the foreign key, at which the writer waits: so it sees the index. */
    @Test
    void whoAddsWaitsForWhoDeclares() throws SQLException {
        try (Connection declaring = Database.connect();
                Connection adding = Database.connect()) {
            declaring.setAutoCommit(false);
            Database.execute(declaring, "select 1 from collection where id = ? for update", owner.id());
            Database.execute(declaring, DECLARE, owner.id());
            CompletableFuture<Void> added = CompletableFuture.runAsync(() -> add(adding, 2));
            awaitBlocked();
            declaring.commit();
            added.join();
        }
        assertThat(values()).containsExactly("2");
    }

    /** Whoever changes a document that was there before keeps nobody from declaring. The job waits, and then sees what was written. */
    @Test
    void theJobWaitsForWhoChanges() throws SQLException {
        try (Connection adding = Database.connect();
                Connection changing = Database.connect()) {
            add(adding, 3);
            changing.setAutoCommit(false);
            Database.execute(
                    changing,
                    "update document set metadata = jsonb_build_object('w', 4) where collection_id = ?",
                    owner.id());
            declare();
            awaitBlocked();
            assertThat(values()).isEmpty();
            changing.commit();
        }
        ready();
        assertThat(values()).containsExactly("4");
    }

    @Test
    void aChangeThatIsTakenBackLeavesTheValue() throws SQLException {
        declare();
        try (Connection changing = Database.connect()) {
            add(changing, 5);
            changing.setAutoCommit(false);
            Database.execute(
                    changing, "update document set metadata = '{\"w\": 6}' where collection_id = ?", owner.id());
            changing.rollback();
            assertThat(values()).containsExactly("5");
            Database.execute(
                    changing, "update document set metadata = '{\"w\": 6}' where collection_id = ?", owner.id());
            changing.commit();
            assertThat(values()).containsExactly("6");
            Database.execute(changing, "delete from document where collection_id = ?", owner.id());
            changing.commit();
        }
        assertThat(values()).isEmpty();
    }

    private void add(Connection connection, int number) {
        try {
            Database.execute(connection, ADD, UUID.randomUUID(), owner.id(), number, number);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void declare() {
        get(collections.patch(owner.name(), new CollectionPatch(Map.of("indexes", List.of("w"))), Precondition.NONE));
    }

    /** A statement that writes a document, locks one or locks a collection waits for another transaction. */
    private static void awaitBlocked() {
        await().atMost(PATIENCE).until(() -> Database.number("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock' and query ~ 'document|collection'
                        """) > 0);
    }

    private void ready() {
        await().atMost(PATIENCE).until(() -> get(unitOfWork.read(() -> indexes.of(owner.id()))).stream()
                .allMatch(MetadataIndex::isReady));
    }

    private List<String> values() throws SQLException {
        return Database.column("""
                        select metadata_value.number from metadata_value join document on document.id = document_id where collection_id = ?
                        """, owner.id()).stream().map(Object::toString).toList();
    }
}
