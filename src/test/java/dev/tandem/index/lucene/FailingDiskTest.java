package dev.tandem.index.lucene;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexHealth;
import dev.tandem.index.IndexStatus;
import dev.tandem.testing.Logged;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final UUID C = UUID.randomUUID();

    @TempDir
    Path directory;

    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
    private final FailingDisk disk = new FailingDisk();
    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(TestConfig.in(directory.resolve("index")), disk);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private static IndexEntry word(UUID id) {
        return Entries.text(id, "word", null);
    }

    /** Too large to stay in memory until the next commit. */
    private static IndexEntry large(UUID id) {
        StringBuilder text = new StringBuilder("word");
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            text.append(' ').append(Long.toString(random.nextLong(), 36));
        }
        return Entries.text(id, null, text.toString());
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                .isEqualTo("index.unavailable"));
    }

    private IndexStatus status() {
        return await(lucene.indexes.of(collection).status());
    }

    /** As the follower does: from where the index stands, everything again. */
    private void follow(long to, IndexEntry... entries) {
        Awaitility.await().ignoreExceptionsInstanceOf(Refusal.class).until(() -> lucene.position(collection)
                .isPresent());
        lucene.save(collection, to, entries);
    }

    @Test
    @DisplayName(
            "a commit that fails leaves searches as they are, and the index goes on from its last commit when the disk is well")
    void commitFails() {
        lucene.build(collection, word(A));
        lucene.save(collection, 5, word(B));
        disk.fill();
        lucene.indexes.commit();
        assertThat(lucene.isTroubled(collection)).isTrue();
        assertThat(lucene.withWords(collection, "word")).containsExactlyInAnyOrder(A, B);
        assertUnavailable(() -> lucene.position(collection));
        assertUnavailable(() -> lucene.save(collection, 6, word(C)));
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.DEGRADED, Optional.of(at(5))));
        disk.heal();
        Awaitility.await().until(() -> lucene.indexes.waiting().equals(Set.of(collection.id())));
        assertThat(lucene.position(collection)).contains(Position.START);
        assertThat(lucene.withWords(collection, "word"))
                .as("a search never goes back in time")
                .containsExactlyInAnyOrder(A, B);
        lucene.save(collection, 4);
        assertThat(lucene.search(collection, "word", null, Filter.EVERYTHING, 10)
                        .sequence())
                .isEqualTo(5);
        lucene.save(collection, 6, word(B), word(C));
        assertThat(lucene.withWords(collection, "word")).containsExactlyInAnyOrder(A, B, C);
        lucene.indexes.commit();
        assertThat(lucene.isTroubled(collection)).isFalse();
        assertThat(lucene.indexes.waiting()).isEmpty();
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.OK, Optional.of(at(6))));
        lucene.close();
        open();
        assertThat(lucene.withWords(collection, "word")).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    @DisplayName("changes that find no room are refused, also when Lucene has given its writer up")
    void changesFail() {
        lucene.build(collection, word(A));
        disk.fill();
        assertUnavailable(() -> lucene.save(collection, 5, large(B)));
        assertThat(lucene.withWords(collection, "word")).containsExactly(A);
        assertUnavailable(() -> lucene.delete(collection, 6, A));
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.DEGRADED, Optional.of(Position.START)));
        disk.heal();
        follow(6, large(B));
        assertThat(lucene.withWords(collection, "word")).containsExactlyInAnyOrder(A, B);
    }

    @Test
    @DisplayName("an outage is logged once, and so is its end, however often it is noticed")
    void logsOnce() {
        lucene.build(collection, word(A));
        lucene.save(collection, 5, word(B));
        disk.fill();
        try (Logged logged = new Logged()) {
            for (int i = 0; i < 200; i++) {
                lucene.indexes.commit();
                assertUnavailable(() -> lucene.position(collection));
                assertThat(lucene.withWords(collection, "word")).hasSize(2);
            }
            assertThat(logged.lines().stream().filter(line -> line.contains("index.lucene")))
                    .singleElement()
                    .asString()
                    .contains("No space left on device", collection.id().toString());
        }
    }

    @Test
    @DisplayName("one index that fails keeps no other from being committed")
    void othersGoOn() {
        List<Collection> all = Stream.generate(() -> Entries.collection(Language.ENGLISH, Metric.COSINE, 2))
                .limit(5)
                .toList();
        all.forEach(each -> lucene.build(each, word(A)));
        all.forEach(each -> lucene.save(each, 5, word(B)));
        disk.fill();
        lucene.indexes.commit();
        assertThat(all).allMatch(lucene::isTroubled);
    }

    @Test
    @DisplayName("where nothing could be built, nothing is lost: it is built when the disk is well")
    void firstBuildFails() {
        assertThat(lucene.position(collection)).isEmpty();
        IndexBuild begun = lucene.rebuild(collection);
        disk.fill();
        assertUnavailable(() -> await(begun.apply(List.of(large(A)), Set.of())));
        await(begun.discard());
        IndexBuild other = Awaitility.await()
                .ignoreExceptionsInstanceOf(Refusal.class)
                .until(() -> lucene.rebuild(collection), rebuild -> true);
        disk.heal();
        await(other.apply(List.of(word(A)), Set.of()));
        disk.fill();
        assertUnavailable(() -> await(other.swapIn(at(1))));
        await(other.discard());
        assertThat(status().health()).isEqualTo(IndexHealth.DEGRADED);
        assertThat(lucene.withWords(collection, "word")).isEmpty();
        disk.heal();
        Awaitility.await().ignoreExceptionsInstanceOf(Refusal.class).until(() -> {
            lucene.build(collection, word(A));
            return true;
        });
        assertThat(lucene.withWords(collection, "word")).containsExactly(A);
        assertThat(lucene.isTroubled(collection)).isFalse();
    }

    @Test
    @DisplayName("a rebuild that fails leaves the old index as it is")
    void rebuildFails() {
        lucene.build(collection, word(A));
        IndexBuild rebuild = lucene.rebuild(collection);
        await(rebuild.apply(List.of(word(B)), Set.of()));
        disk.fill();
        assertUnavailable(() -> await(rebuild.swapIn(at(9))));
        await(rebuild.discard());
        assertThat(lucene.withWords(collection, "word")).containsExactly(A);
        disk.heal();
        assertThat(lucene.position(collection)).contains(Position.START);
    }

    @Test
    @DisplayName(
            "an index that can't be opened after a restart is refused, never taken for an empty one, and is there when the disk is")
    void reopenFails() {
        lucene.build(collection, word(A));
        lucene.save(collection, 5, word(B));
        lucene.close();
        disk.takeAway();
        open();
        assertUnavailable(() -> lucene.withWords(collection, "word"));
        assertUnavailable(() -> lucene.position(collection));
        assertUnavailable(() -> await(lucene.indexes.of(collection).size()));
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.DEGRADED, Optional.empty()));
        disk.heal();
        Awaitility.await().until(() -> lucene.indexes.waiting().contains(collection.id()));
        assertThat(lucene.position(collection)).contains(at(5));
        assertThat(lucene.withWords(collection, "word")).containsExactlyInAnyOrder(A, B);
        lucene.indexes.commit();
        assertThat(lucene.isTroubled(collection)).isFalse();
    }

    @Test
    @DisplayName("what is open stays open where it could not be opened again")
    void keptOpen() {
        lucene.close();
        lucene = new LuceneFixture(TestConfig.in(directory.resolve("index")).keepingOpen(1), disk);
        lucene.build(collection, word(A));
        lucene.save(collection, 5, word(B));
        disk.fill();
        lucene.indexes.commit();
        Collection other = Entries.collection(Language.NONE, Metric.COSINE, 2);
        assertThat(lucene.withWords(other, "word")).isEmpty();
        assertThat(lucene.withWords(collection, "word")).containsExactlyInAnyOrder(A, B);
    }
}
