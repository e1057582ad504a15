package dev.tandem.service;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Revision;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.service.document.DocumentService;
import dev.tandem.service.document.HistoryService;
import dev.tandem.service.document.Written;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.MetadataSamples;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which revisions of documents are kept, and for how long. */
@QuarkusTest
class HistoryComponentTest {

    @Inject
    World world;

    @Inject
    HistoryService history;

    @Inject
    DocumentService documents;

    private final long seed = new Random().nextInt(1_000_000);
    private final Random random = new Random(seed);

    /** All documents that have had the key. */
    private static final class Story {

        private final TreeMap<Long, Document> versions = new TreeMap<>();
        private boolean deleted;

        void goOn(Written written) {
            versions.put(written.document().version(), written.document());
            deleted = false;
        }
    }

    /** The law: the history shows what a document was, whatever has happened to it since. */
    @Thorough
    @Test
    void everyVersionIsAsItWas() {
        Collection owner = world.collection(keeping(1000, 90));
        Map<String, Story> stories = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            String key = "k" + random.nextInt(5);
            change(owner, key, stories.computeIfAbsent(key, k -> new Story()));
        }
        stories.forEach((key, story) -> {
            assertThat(get(history.list(owner.name(), key, null, 1000)).items())
                    .as("%s, seed %d", key, seed)
                    .extracting(Revision::version)
                    .containsExactlyElementsOf(story.versions.descendingKeySet());
            story.versions.forEach((version, document) -> assertThat(get(history.get(owner.name(), key, version)))
                    .as("%s version %d, seed %d", key, version, seed)
                    // A revision keeps no vectors of a model, so it does not know either when its text was introduced.
                    .usingRecursiveComparison()
                    .ignoringFields("versioning.textVersion")
                    .isEqualTo(document));
        });
        world.delete(owner);
    }

    private void change(Collection owner, String key, Story story) {
        int choice = story.versions.isEmpty() ? 0 : random.nextInt(10);
        if (story.deleted || choice > 7) {
            List<Document> all = List.copyOf(story.versions.values());
            Document past = all.get(random.nextInt(all.size()));
            Written restored = get(documents.restore(owner.name(), key, past.version(), Precondition.NONE, author()));
            assertThat(restored.document().saysTheSameAs(past))
                    .as("%s as in version %d, seed %d", key, past.version(), seed)
                    .isTrue();
            story.goOn(restored);
        } else if (choice > 5) {
            get(documents.delete(owner.name(), key, Precondition.NONE, author()));
            story.deleted = true;
        } else {
            String content = random.nextBoolean() ? null : new MetadataSamples(random).text();
            DocumentDraft draft = new DocumentDraft(
                            key, "title " + random.nextInt(3), content, Map.of("n", random.nextInt(3)), null)
                    .by(author());
            story.goOn(get(documents.put(owner.name(), key, draft, Precondition.NONE)));
        }
    }

    private String author() {
        return "author-" + random.nextInt(3);
    }

    @Test
    void onlyTheNewestVersionsAreKept() throws SQLException {
        Collection owner = world.collection(keeping(3, 90));
        Document live = write(owner, "live", 8);
        Document deleted = write(owner, "deleted", 8);
        world.delete(owner, "deleted");
        get(history.prune());
        assertThat(kept(live)).containsExactly(5L, 6L, 7L);
        assertThat(kept(deleted)).containsExactly(6L, 7L, 8L);
        world.delete(owner);
    }

    @Test
    void nothingIsKeptLongerThanItShall() throws SQLException {
        Collection owner = world.collection(keeping(10, 30));
        Document document = write(owner, "key", 5);
        age(document, 2, "29 days");
        age(document, 3, "31 days");
        get(history.prune());
        assertThat(kept(document)).containsExactly(1L, 2L, 4L);
        world.delete(owner);
    }

    /** A collection from before revisions existed: it has no history settings. */
    @Test
    void whoHasSaidNothingKeepsTheUsual() throws SQLException {
        Collection owner = world.collection(keeping(1000, 90));
        Document document = write(owner, "key", 15);
        Database.execute(
                "update collection set settings = settings - 'maxVersions' - 'maxDays' where id = ?", owner.id());
        age(document, 13, "91 days");
        get(history.prune());
        assertThat(kept(document)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 14L);
        world.delete(owner);
    }

    @Test
    void whatHasNoCollectionGoes() throws SQLException {
        Collection owner = world.collection(keeping(10, 30));
        Document document = write(owner, "key", 3);
        Database.execute(
                "update revision set collection_id = ? where document_id = ?", UUID.randomUUID(), document.id());
        get(history.prune());
        assertThat(kept(document)).isEmpty();
        world.delete(owner);
    }

    private Document write(Collection owner, String key, int versions) {
        Document last = world.put(owner, key, "1");
        for (int version = 2; version <= versions; version++) {
            last = world.put(owner, key, Integer.toString(version));
        }
        return last;
    }

    private static void age(Document document, long version, String age) throws SQLException {
        Database.execute(
                "update revision set ended_at = now() - cast(? as interval) where document_id = ? and version = ?",
                age,
                document.id(),
                version);
    }

    private static List<Object> kept(Document document) throws SQLException {
        return Database.column("select version from revision where document_id = ? order by version", document.id());
    }

    private static CollectionSettings keeping(int versions, int days) {
        CollectionSettings own = CollectionSamples.ownVectors(2);
        return new CollectionSettings(
                own.embedding(),
                own.chunking(),
                own.language(),
                own.metadataSchema(),
                own.requireIfMatch(),
                new HistorySettings(versions, days),
                IndexSettings.DEFAULT);
    }
}
