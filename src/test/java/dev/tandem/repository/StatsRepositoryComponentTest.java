package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StatsRepositoryComponentTest {

    private static final String DOCUMENT = """
            insert into document (id, collection_id, key, metadata, content_hash, version, text_version, created_at, updated_at)
            values (gen_random_uuid(), ?, 'aside', '{}', '', 1, 1, now(), now())
            """;
    private static final String CHANGE = """
            insert into change (collection_id, document_id, kind)
            select collection_id, id, 'SAVED' from document where collection_id = ? and key = 'aside'
            """;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void create() {
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void delete() {
        world.delete(owner);
    }

    @Test
    void countsAgainAfterEachChange() {
        assertThat(world.stats(owner).documents()).isZero();
        put("a");
        put("b");
        assertThat(world.stats(owner).documents()).isEqualTo(2);
        assertThat(world.stats(owner).chunks()).isEqualTo(2);
        world.delete(owner, "a");
        assertThat(world.stats(owner).documents()).isEqualTo(1);
        assertThat(world.stats(owner).chunks()).isEqualTo(1);
    }

    /**
     * Counting takes seconds where there is a million, and who waits for an index asks twice a second. It is counted again while anybody writes
     * anything, so this is tried until nobody does.
     */
    @Test
    void countsOnceWhileNothingChanges() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            put(UUID.randomUUID().toString());
            long before = world.stats(owner).documents();
            Database.execute(DOCUMENT, owner.id());
            long after = world.stats(owner).documents();
            Database.execute("delete from document where collection_id = ? and key = 'aside'", owner.id());
            assertThat(after).isEqualTo(before);
        });
    }

    @Test
    void countsAgainAfterATransactionThatBeganBeforeTheLastChange() throws SQLException {
        try (Connection earlier = Database.connect()) {
            earlier.setAutoCommit(false);
            Database.execute(earlier, DOCUMENT, owner.id());
            Database.execute(earlier, CHANGE, owner.id());
            put("a");
            assertThat(world.stats(owner).documents()).isEqualTo(1);
            earlier.commit();
        }
        assertThat(world.stats(owner).documents()).isEqualTo(2);
    }

    private void put(String key) {
        world.put(owner, key, key, Map.of(), new float[] {1, 2});
    }
}
