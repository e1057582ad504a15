package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.access.Grants;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.service.maintenance.ParkedService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Logged;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running worker, with a model that can be held, made to fail, and asked for its inputs. */
@QuarkusTest
class EmbeddingWorkerComponentTest {

    @Inject
    FakeEmbedder embedder;

    @Inject
    ParkedService parked;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        embedder.reset();
        owner = world.collection(CollectionSamples.fakeModel());
    }

    @AfterEach
    void removeCollection() {
        embedder.reset();
        world.delete(owner);
    }

    @Test
    void aDocumentIsEmbeddedWithItsTitleAndFoundByItsMeaning() throws SQLException {
        Document tea = world.put(owner, "tea", new DocumentDraft("tea", "Tea", "leaves in water", null, null));
        world.put(owner, "rock", "granite and basalt");
        world.settle(owner);
        assertThat(embedder.chunks()).contains("Tea\nleaves in water", "granite and basalt");
        assertThat(nearest("water leaves tea")).isEqualTo(tea.id().toString());
        assertThat(embeddedVersion(tea)).isEqualTo(1);
        assertThat(world.stats(owner)).isEqualTo(new CollectionStats(2, 2, 0, 0, null));
    }

    @Test
    void aPoisonousDocumentIsParkedAndHoldsUpNoOther() throws SQLException {
        embedder.hold();
        for (int i = 0; i < 20; i++) {
            world.put(owner, "good-" + i, "everywhere good " + i);
        }
        Document bad = world.put(owner, "bad", "everywhere " + FakeEmbedder.POISON);
        embedder.release();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.stats(owner)).isEqualTo(new CollectionStats(21, 20, 0, 1, null)));
        assertThat(Database.column("select attempts from embedding_task where document_id = ?", bad.id()))
                .containsExactly(3);
        assertThat(Database.column("select error from embedding_task where document_id = ?", bad.id()))
                .singleElement()
                .asString()
                .contains("The fake can't embed poison.");
        world.settle(owner);
        // Keyword search finds it nevertheless.
        world.assertInStep(owner, "everywhere");

        assertThat(get(parked.list(Grants.EVERYTHING, 10))).singleElement().satisfies(task -> {
            assertThat(task.collection()).isEqualTo(owner.name());
            assertThat(task.key()).isEqualTo("bad");
            assertThat(task.attempts()).isEqualTo(3);
        });
        embedder.cure();
        assertThat(get(parked.retryAll(Grants.EVERYTHING))).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.stats(owner)).isEqualTo(new CollectionStats(21, 21, 0, 0, null)));
    }

    @Test
    void aTextThatChangesMeanwhileEndsWithItsOwnVectors() throws SQLException {
        embedder.hold();
        Document old = world.put(owner, "key", "everywhere old words");
        awaitTaken(old);
        Document current = world.put(owner, "key", "everywhere new terms");
        assertThat(current.version()).isEqualTo(2);
        embedder.release();
        world.settle(owner);
        assertThat(embedder.chunks()).containsSubsequence("everywhere old words", "everywhere new terms");
        assertThat(vectors(current)).containsExactly(FakeEmbedder.vectorOf("everywhere new terms"));
        assertThat(embeddedVersion(current)).isEqualTo(2);
        assertThat(similarity("everywhere new terms")).isGreaterThan(0.99);
        world.assertInStep(owner, "everywhere");
    }

    @Test
    void otherMetadataEmbedsNothingAgain() throws SQLException {
        Document first = world.put(owner, "key", "everywhere same text");
        world.settle(owner);
        int asked = embedder.chunks().size();
        Document second = world.put(owner, "key", "everywhere same text", Map.of("year", 2026), null);
        assertThat(second.version()).isEqualTo(2);
        assertThat(world.stats(owner).pending()).isZero();
        world.settle(owner);
        assertThat(embedder.chunks()).hasSize(asked);
        assertThat(embeddedVersion(first)).isEqualTo(1);
        assertThat(similarity("everywhere same text")).isGreaterThan(0.99);
        world.assertInStep(owner, "everywhere");
    }

    @Test
    void metadataThatChangesMeanwhileLosesNothing() throws SQLException {
        embedder.hold();
        Document first = world.put(owner, "key", "everywhere same text");
        awaitTaken(first);
        world.put(owner, "key", "everywhere same text", Map.of("year", 2026), null);
        embedder.release();
        world.settle(owner);
        assertThat(embeddedVersion(first)).isEqualTo(2);
        assertThat(Database.column("select metadata ->> 'year' from document where id = ?", first.id()))
                .containsExactly("2026");
        assertThat(vectors(first)).containsExactly(FakeEmbedder.vectorOf("everywhere same text"));
    }

    @Test
    void whatIsDeletedMeanwhileStaysDeleted() throws SQLException {
        embedder.hold();
        Document gone = world.put(owner, "gone", "everywhere gone");
        Document stays = world.put(owner, "stays", "everywhere stays");
        awaitTaken(gone);
        world.delete(owner, "gone");
        embedder.release();
        await().atMost(PATIENCE).until(() -> !vectors(stays).isEmpty());
        world.settle(owner);
        assertThat(world.byWords(owner, "everywhere")).containsExactly(stays.id());
        assertThat(vectors(gone)).isEmpty();
        world.assertInStep(owner, "everywhere");
    }

    @Test
    void aCollectionThatIsDeletedMeanwhileLeavesNothing() throws SQLException {
        Collection doomed = world.collection(CollectionSamples.fakeModel());
        embedder.hold();
        Document gone = world.put(doomed, "gone", "gone");
        awaitTaken(gone);
        world.delete(doomed);
        embedder.release();
        Document next = world.put(owner, "next", "next");
        await().atMost(PATIENCE).until(() -> !vectors(next).isEmpty());
        assertThat(Database.number("select count(*) from embedding_task where collection_id = ?", doomed.id()))
                .isZero();
        assertThat(Database.number("select count(*) from chunk where document_id = ?", gone.id()))
                .isZero();
    }

    @Test
    void aCallersVectorTakesTheModelsPlaceUntilItIsTakenBack() throws SQLException {
        Document document = world.put(owner, "key", "everywhere text");
        world.settle(owner);
        put("everywhere text", unit(0));
        assertThat(vectors(document)).containsExactly(Vector.of(unit(0)));
        assertThat(world.stats(owner).pending()).isZero();
        put("everywhere text", unit(1));
        assertThat(vectors(document)).containsExactly(Vector.of(unit(1)));
        put("everywhere other text", unit(1));
        assertThat(vectors(document)).containsExactly(Vector.of(unit(1)));
        assertThat(Database.column("select end_offset from chunk where document_id = ?", document.id()))
                .containsExactly("everywhere other text".length());
        put("everywhere other text", null);
        world.settle(owner);
        assertThat(vectors(document)).containsExactly(FakeEmbedder.vectorOf("everywhere other text"));
        world.assertInStep(owner, "everywhere");
    }

    @Test
    void aCallersVectorWinsAgainstOneThatIsBeingMade() throws SQLException {
        embedder.hold();
        Document document = world.put(owner, "key", "everywhere text");
        awaitTaken(document);
        put("everywhere text", unit(0));
        embedder.release();
        world.put(owner, "next", "next");
        world.settle(owner);
        assertThat(vectors(document)).containsExactly(Vector.of(unit(0)));
    }

    @Test
    void withoutAModelOnlyTheCallersVectorsCount() throws SQLException {
        Collection own = world.collection(CollectionSamples.ownVectors(2));
        Document document = world.put(own, "key", "everywhere text", Map.of(), new float[] {3, 4});
        assertThat(vectors(document)).containsExactly(Vector.of(3, 4));
        world.put(own, "key", "everywhere text", Map.of("year", 1), new float[] {3, 4});
        assertThat(vectors(document)).containsExactly(Vector.of(3, 4));
        world.put(own, "key", "everywhere text", Map.of("year", 1), new float[] {0, 1});
        assertThat(vectors(document)).containsExactly(Vector.of(0, 1));
        world.put(own, "key", "everywhere text", Map.of("year", 1), null);
        assertThat(vectors(document)).isEmpty();
        world.settle(own);
        world.assertInStep(own, "everywhere");
        world.delete(own);
    }

    /** More often than a document may fail by its own fault. */
    @Test
    void aModelThatIsAwayIsWaitedForAndBlamesNoDocument() throws SQLException {
        embedder.down(true);
        Document document = world.put(owner, "key", "text");
        for (int i = 0; i < 5; i++) {
            await().atMost(PATIENCE)
                    .until(() -> Database.execute(
                                    "update embedding_task set error = null where document_id = ? and error is not null",
                                    document.id())
                            == 1);
        }
        assertThat(world.stats(owner)).satisfies(stats -> {
            assertThat(stats.pending()).isEqualTo(1);
            assertThat(stats.parked()).isZero();
            assertThat(stats.oldestPending()).isPositive();
        });
        embedder.down(false);
        await().atMost(PATIENCE).until(() -> !vectors(document).isEmpty());
    }

    @Test
    void aModelThatIsAwayHoldsUpNoOtherModelAndIsReportedOnce() throws SQLException {
        Collection other = world.collection(CollectionSamples.secondFakeModel());
        embedder.down(true);
        try (Logged logged = new Logged()) {
            Document waits = world.put(owner, "key", "text");
            for (int i = 0; i < 10; i++) {
                Document document = world.put(other, "key-" + i, "everywhere " + i);
                await().atMost(PATIENCE).until(() -> !vectors(document).isEmpty());
            }
            // Another request for it may arrive at this moment.
            await().atMost(PATIENCE)
                    .until(() ->
                            Database.number("select attempts from embedding_task where document_id = ?", waits.id())
                                    == 0);
            assertThat(logged.lines()).singleElement().asString().contains("fake is unavailable");
        }
        embedder.down(false);
        world.settle(owner);
        world.delete(other);
    }

    private void put(String content, float @Nullable [] vector) {
        world.put(owner, "key", content, Map.of(), vector);
    }

    /** The worker has the document, and the model's answer is held back. */
    private static void awaitTaken(Document document) {
        await().atMost(PATIENCE)
                .until(() -> Database.number(
                                "select count(*) from embedding_task where document_id = ? and attempts = 1",
                                document.id())
                        == 1);
    }

    private String nearest(String text) {
        return world.byVector(owner, FakeEmbedder.vectorOf(text))
                .getFirst()
                .documentId()
                .toString();
    }

    private double similarity(String text) {
        List<VectorMatch> found = world.byVector(owner, FakeEmbedder.vectorOf(text));
        return found.getFirst().similarity();
    }

    private static float[] unit(int axis) {
        float[] unit = new float[FakeEmbedder.DIMENSIONS];
        unit[axis] = 1;
        return unit;
    }

    private static List<Vector> vectors(Document document) throws SQLException {
        return Database.column("select embedding from chunk where document_id = ? order by ordinal", document.id())
                .stream()
                .map(bytes -> Vector.ofBytes((byte[]) bytes))
                .toList();
    }

    private static long embeddedVersion(Document document) throws SQLException {
        return Database.number("select embedded_version from document where id = ?", document.id());
    }
}
