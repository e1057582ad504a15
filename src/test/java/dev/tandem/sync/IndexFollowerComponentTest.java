package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.factory.collection.CollectionDraft;
import dev.tandem.index.IndexConfig;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.service.document.Written;
import dev.tandem.service.index.IndexSweep;
import dev.tandem.service.index.IndexingService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running follower: whatever happens to rows, the index shows it in the end. */
@QuarkusTest
class IndexFollowerComponentTest {

    @Inject
    World world;

    @Inject
    CollectionService collections;

    @Inject
    IndexingService indexing;

    @Inject
    IndexSweep indexSweep;

    @Inject
    IndexConfig indexConfig;

    @Thorough
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void indexEqualsRowsAfterRandomOperations(boolean withModel) throws SQLException {
        Collection owner = world.collection(
                withModel ? CollectionSamples.fakeModel() : CollectionSamples.ownVectors(FakeEmbedder.DIMENSIONS));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            String key = "key" + random.nextInt(40);
            if (random.nextInt(4) == 0 && expected.remove(key) != null) {
                world.delete(owner, key);
            } else {
                String marker = key + "at" + i;
                boolean brings = random.nextInt(3) == 0;
                world.put(
                        owner,
                        key,
                        "everywhere " + marker,
                        Map.of("step", i),
                        brings ? FakeEmbedder.vectorOf(marker).toArray() : null);
                expected.put(key, marker);
            }
        }
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
        for (String marker : expected.values()) {
            assertThat(world.byWords(owner, marker))
                    .as("'%s', seed %d", marker, seed)
                    .hasSize(1);
        }
        world.delete(owner);
    }

    @Test
    void aDeletedCollectionsFolderGoes() {
        Collection owner = withOneDocument();
        assertThat(folder(owner)).isDirectory();
        world.delete(owner);
        await().atMost(PATIENCE).until(() -> !Files.exists(folder(owner)));
    }

    @Test
    void theFolderOfACollectionThatWasDeletedElsewhereIsSwept() throws SQLException {
        Collection owner = withOneDocument();
        Database.execute("delete from collection where id = ?", owner.id());
        assertThat(get(indexSweep.sweep())).doesNotContain(owner.id());
        assertThat(folder(owner)).doesNotExist();
    }

    @Test
    void sweepingLeavesTheOthersAlone() throws IOException {
        Collection owner = withOneDocument();
        Path orphan = Files.createDirectories(indexConfig.directory().resolve(UUID.randomUUID() + "/1"));
        assertThat(get(indexSweep.sweep())).contains(owner.id());
        assertThat(orphan).doesNotExist();
        assertThat(world.byWords(owner, "everywhere")).hasSize(1);
        world.delete(owner);
    }

    @Test
    void anotherLanguageReadsEverythingAnew() throws SQLException {
        CollectionSettings english = CollectionSamples.ownVectors(2);
        Collection owner = world.collection(english);
        world.put(owner, "key", "everywhere running", Map.of(), new float[] {1, 0});
        world.settle(owner);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.byWords(owner, "run")).hasSize(1));
        Collection changed = get(collections.replace(
                owner.name(),
                new CollectionDraft(null, null, null, null, "none", null, null, null, null, null, null),
                Precondition.NONE));
        assertThat(changed.settings().language()).isEqualTo(Language.NONE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.byWords(changed, "run")).isEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(changed, "running"))
                .hasSize(1));
        world.settle(changed);
        world.assertInStep(changed, "everywhere");
        world.put(changed, "other", "everywhere after");
        world.settle(changed);
        world.assertInStep(changed, "everywhere");
        world.delete(changed);
    }

    /** Other replicas know what the log tells them. */
    @Test
    void theLogTellsOfAnotherLanguageAndOfNoOtherSetting() throws SQLException {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        get(collections.replace(
                owner.name(),
                new CollectionDraft(null, "Drinks", null, null, null, null, null, null, null, null, null),
                Precondition.NONE));
        assertThat(Database.number("select count(*) from change where collection_id = ?", owner.id()))
                .isZero();
        get(collections.replace(
                owner.name(),
                new CollectionDraft(null, "Drinks", null, null, "none", null, null, null, null, null, null),
                Precondition.NONE));
        assertThat(Database.number("select count(*) from change where collection_id = ?", owner.id()))
                .isOne();
        world.settle(owner);
        world.delete(owner);
    }

    /** The log looks as if another replica had asked for a rebuild. Afterwards the index has the row that it had missed. */
    @Test
    void aRebuildThatTheLogAsksForIsDone() throws SQLException {
        Collection owner = withOneDocument();
        Database.execute("update document set content = 'everywhere silently' where collection_id = ?", owner.id());
        assertThat(world.byWords(owner, "silently")).isEmpty();
        Database.execute(
                "insert into change (collection_id, document_id, kind) values (?, ?, 'REBUILD')",
                owner.id(),
                owner.id());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "silently"))
                .hasSize(1));
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
        world.delete(owner);
    }

    /** Simulates a write by another replica: no event tells this one. */
    @Test
    void whatIsWrittenElsewhereIsNoticed() throws SQLException {
        Collection owner = withOneDocument();
        UUID other = UUID.randomUUID();
        Database.execute("""
                with added as (
                    insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                          created_at, updated_at)
                    values (?, ?, 'other', 'everywhere elsewhere', '{}', '', 1, 1, now(), now()) returning id, collection_id)
                insert into change (collection_id, document_id, kind) select collection_id, id, 'SAVED' from added
                """, other, owner.id());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "elsewhere"))
                .containsExactly(other));
        world.delete(owner);
    }

    @Test
    void whoWaitsForAWriteFindsIt() {
        Collection owner = withOneDocument();
        for (int i = 0; i < 50; i++) {
            world.put(owner, "gone", "soon" + i);
            Written written = world.delete(owner, "gone");
            assertThat(get(indexing.awaitVisible(owner.id(), written.sequence(), PATIENCE)))
                    .isTrue();
            assertThat(world.byWords(owner, "soon" + i)).isEmpty();
        }
        world.delete(owner);
    }

    private Collection withOneDocument() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        world.put(owner, "key", "everywhere");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "everywhere"))
                .hasSize(1));
        return owner;
    }

    private Path folder(Collection owner) {
        return indexConfig.directory().resolve(owner.id().toString());
    }
}
