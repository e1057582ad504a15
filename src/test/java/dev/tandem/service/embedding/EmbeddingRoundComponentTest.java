package dev.tandem.service.embedding;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.service.embedding.Replicas.Replica;
import dev.tandem.testing.Bait;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Logged;
import dev.tandem.testing.TestPolicy;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of embedding, one round after the other, so that no clock is needed. */
@QuarkusTest
class EmbeddingRoundComponentTest {

    private static final String SMALL = "everywhere small ";
    /** The number of chunks that go to the model together. */
    private static final int PORTION = TestPolicy.UNHURRIED.embeddingPortion();

    @Inject
    FakeEmbedder embedder;

    @Inject
    World world;

    @Inject
    Replicas replicas;

    private Bait bait;
    private Collection owner;
    private Replica round;

    @BeforeEach
    void begin() {
        embedder.reset();
        bait = new Bait(world, embedder);
        owner = world.collection(CollectionSamples.fakeModel());
        round = replicas.next(TestPolicy.UNHURRIED);
    }

    @AfterEach
    void end() {
        embedder.reset();
        world.delete(owner);
        bait.close();
    }

    @Thorough
    @Test
    void largeDocumentsHoldUpNoSmallOnes() throws SQLException {
        for (int i = 0; i < 15; i++) {
            world.put(owner, "large-" + i, large("large" + i, 20_000));
        }
        get(round.run());
        for (int i = 0; i < 300; i++) {
            world.put(owner, "small-" + i, SMALL + i);
        }
        int rounds = 0;
        while (smallOnes() < 300) {
            assertThat(get(round.run())).isTrue();
            rounds++;
        }
        // 32 in a round, and a part of a large one between two rounds.
        assertThat(rounds).isEqualTo(10);
        long largeChunks = embedder.chunks().stream()
                .filter(text -> text.startsWith("large"))
                .count();
        assertThat(largeChunks).isEqualTo(11L * PORTION);
        runToTheEnd();
        world.settle(owner);
        assertThat(world.stats(owner).parked()).isZero();
        assertThat(Database.number("select count(*) from embedding_progress")).isZero();
        assertThat(embedder.chunks()).doesNotHaveDuplicates();
    }

    /** However many small documents there are. */
    @Test
    void smallDocumentsHoldUpNoLargeOne() throws SQLException {
        Document large = world.put(owner, "large", large("large", 20_000));
        for (int i = 0; i < 100; i++) {
            world.put(owner, "small-" + i, SMALL + i);
        }
        for (int turn = 1; turn <= 3; turn++) {
            get(round.run());
            assertThat(kept(large)).isEqualTo((long) turn * PORTION);
            assertThat(smallOnes()).isEqualTo(32 * turn);
        }
    }

    /** The second replica does not repeat what the first one has embedded. */
    @Test
    void whatIsDoneOfALargeDocumentSurvivesItsReplica() throws SQLException {
        String text = large("large", 20_000);
        Document large = world.put(owner, "large", text);
        get(round.run());
        get(round.run());
        assertThat(kept(large)).isEqualTo(2L * PORTION);
        // A killed replica gives nothing back, so its leases run out.
        Database.execute("update embedding_task set lease_until = now() where document_id = ?", large.id());
        round = replicas.next(TestPolicy.UNHURRIED);
        runToTheEnd();
        assertThat(embedder.chunks()).doesNotHaveDuplicates();
        assertThat(vectors(large)).isEqualTo(vectorsOf(embedder.chunks()));
        assertThat(Database.column("select ordinal from chunk where document_id = ? order by ordinal", large.id()))
                .isEqualTo(IntStream.range(0, embedder.chunks().size()).boxed().toList());
        assertThat(kept(large)).isZero();
        world.settle(owner);
        world.assertInStep(owner, "everywhere");
    }

    @Test
    void aNewTextTakesNoneOfTheOldOnesChunks() throws SQLException {
        Document large = world.put(owner, "large", large("old", 20_000));
        get(round.run());
        world.put(owner, "large", large("new", 20_000));
        assertThat(kept(large)).isZero();
        runToTheEnd();
        List<String> current = embedder.chunks().stream()
                .filter(text -> text.startsWith("new"))
                .toList();
        assertThat(vectors(large)).isEqualTo(vectorsOf(current));
    }

    @Test
    void aLargePoisonousDocumentIsParkedAndTheOthersGoOn() throws SQLException {
        world.put(owner, "poison", large("large", 10_000) + " " + FakeEmbedder.POISON);
        world.put(owner, "large", large("good", 10_000));
        world.put(owner, "small", SMALL);
        await().atMost(PATIENCE).untilAsserted(() -> {
            get(round.run());
            assertThat(world.stats(owner).parked()).isEqualTo(1);
            assertThat(world.stats(owner).pending()).isZero();
        });
        assertThat(Database.column(
                        "select key || ' ' || attempts from embedding_task join document on id = document_id"
                                + " where document.collection_id = ?",
                        owner.id()))
                .containsExactly("poison 3");
    }

    @Test
    void eachDocumentIsEmbeddedByOneReplica() throws SQLException {
        for (int i = 0; i < 120; i++) {
            world.put(owner, "small-" + i, SMALL + i);
        }
        for (int i = 0; i < 3; i++) {
            world.put(owner, "large-" + i, large("large" + i, 8_000));
        }
        Replica other = replicas.next(TestPolicy.UNHURRIED);
        await().atMost(PATIENCE).until(() -> {
            CompletableFuture<Boolean> here = round.run().subscribeAsCompletionStage();
            boolean there = get(other.run());
            return !here.get() && !there;
        });
        world.settle(owner);
        assertThat(smallOnes()).isEqualTo(120);
        assertThat(embedder.chunks()).doesNotHaveDuplicates();
    }

    /** This is neither a failure nor an attempt, and leaves no log line. */
    @Test
    void aReplicaThatStopsGivesBackWhatItHolds() throws SQLException {
        Document large = world.put(owner, "large", large("large", 20_000));
        get(round.run());
        Document small = world.put(owner, "small", SMALL);
        embedder.hold();
        CompletableFuture<Boolean> running = round.run().subscribeAsCompletionStage();
        await().atMost(PATIENCE).until(() -> attempts(small) == 1);
        try (Logged logged = new Logged()) {
            round.stop();
            assertThat(running).succeedsWithin(PATIENCE);
            assertThat(logged.lines()).isEmpty();
        }
        for (Document document : List.of(large, small)) {
            assertThat(Database.number(
                            "select count(*) from embedding_task where document_id = ? and attempts = 0 and token is null",
                            document.id()))
                    .isEqualTo(1);
        }
        embedder.release();
        round = replicas.next(TestPolicy.UNHURRIED);
        runToTheEnd();
        world.settle(owner);
    }

    private void runToTheEnd() {
        while (get(round.run())) {
            assertThat(embedder.chunks()).hasSizeLessThan(100_000);
        }
    }

    /** This many words, all different. */
    private static String large(String word, int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> i == 1 ? "everywhere" : word + "-" + i)
                .collect(Collectors.joining(" "));
    }

    private int smallOnes() {
        return (int) embedder.chunks().stream()
                .filter(text -> text.startsWith(SMALL))
                .count();
    }

    private static long kept(Document document) throws SQLException {
        return Database.number("select count(*) from embedding_progress where document_id = ?", document.id());
    }

    private static long attempts(Document document) throws SQLException {
        return Database.number("select attempts from embedding_task where document_id = ?", document.id());
    }

    private static List<Vector> vectors(Document document) throws SQLException {
        return Database.column("select embedding from chunk where document_id = ? order by ordinal", document.id())
                .stream()
                .map(bytes -> Vector.ofBytes((byte[]) bytes))
                .toList();
    }

    private static List<Vector> vectorsOf(List<String> texts) {
        return texts.stream().map(FakeEmbedder::vectorOf).toList();
    }
}
