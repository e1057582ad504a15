package dev.tandem.index;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.DocumentSamples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collections and documents for tests of indexes. */
public final class Entries {

    private Entries() {}

    public static Collection collection(Language language, Metric metric, int dimensions) {
        return collection(UUID.randomUUID(), language, metric, dimensions);
    }

    static Collection collection(UUID id, Language language, Metric metric, int dimensions) {
        return new Collection(
                id,
                "things",
                null,
                new CollectionSettings(
                        new EmbeddingSettings(EmbeddingSettings.NONE, dimensions, metric),
                        new Chunking(200, 20),
                        language,
                        null,
                        false,
                        HistorySettings.DEFAULT,
                        IndexSettings.DEFAULT),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    public static Collection inLanguage(Collection collection, Language language) {
        CollectionSettings old = collection.settings();
        CollectionSettings settings = new CollectionSettings(
                old.embedding(),
                old.chunking(),
                language,
                old.metadataSchema(),
                old.requireIfMatch(),
                old.history(),
                old.index());
        return collection.changedTo(null, settings, Instant.EPOCH);
    }

    public static IndexEntry entry(
            UUID id, @Nullable String title, @Nullable String content, Metadata metadata, Vector... vectors) {
        Document document = DocumentSamples.first(
                new Identity(id, id, id.toString(), Instant.EPOCH), Text.of(title, content), metadata);
        List<Chunk> chunks = new ArrayList<>();
        for (Vector vector : vectors) {
            chunks.add(new Chunk(id, chunks.size(), 0, 0, vector));
        }
        return new IndexEntry(document, chunks);
    }

    public static IndexEntry text(UUID id, @Nullable String title, @Nullable String content) {
        return entry(id, title, content, Metadata.EMPTY);
    }

    /** A document that says one of a few words, by its text and by the direction of its vector. */
    public static IndexEntry saying(UUID id, String word) {
        return saying(id, word, 2);
    }

    static IndexEntry saying(UUID id, String word, int dimensions) {
        return entry(id, word, null, Metadata.EMPTY, meaning(word, dimensions));
    }

    /** The vector that stands for a word; those of different words are far from each other in every metric. */
    static Vector meaning(String word, int dimensions) {
        float[] components = new float[dimensions];
        switch (word) {
            case "word" -> components[0] = 1;
            case "other" -> components[1] = 1;
            case "new" -> components[0] = -1;
            default -> throw new IllegalArgumentException("No vector stands for '" + word + "'.");
        }
        return Vector.of(components);
    }
}
