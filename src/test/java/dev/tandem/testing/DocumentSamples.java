package dev.tandem.testing;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Realistic documents and chunks, with and without every optional part. The same seed gives the same samples. */
public final class DocumentSamples {

    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private static final int MICROS = 1_000_000;

    private final Random random;
    private final MetadataSamples metadata;

    public DocumentSamples(Random random) {
        this.random = random;
        this.metadata = new MetadataSamples(random);
    }

    /** A document of the collection; its key is unique. */
    public Document next(UUID collectionId) {
        return next(collectionId, metadata.next());
    }

    /** A document of the collection with this metadata. */
    public Document next(UUID collectionId, Metadata its) {
        UUID id = id();
        long version = random.nextInt(1, 1000);
        Instant created = instant();
        return new Document(
                new Identity(id, collectionId, metadata.text() + id, created),
                new Body(Text.of(textOrNull(), textOrNull()), its, expiryOrNull()),
                new Versioning(
                        version,
                        random.nextLong(1, version + 1),
                        new EmbeddedVersions(
                                random.nextBoolean() ? null : random.nextLong(1, version + 1),
                                random.nextBoolean() ? null : random.nextLong(1, version + 1)),
                        random.nextBoolean() ? created : instant(),
                        random.nextBoolean() ? null : "author-" + random.nextInt()));
    }

    /** The first version of a document. */
    public static Document first(UUID id, UUID collectionId, Text text, Metadata metadata, Instant created) {
        return first(new Identity(id, collectionId, "key-" + id, created), text, metadata);
    }

    /** The first version of a document. */
    public static Document first(Identity identity, Text text, Metadata metadata) {
        return new Document(identity, new Body(text, metadata, null), Versioning.first(identity.createdAt(), null));
    }

    /** A document that has nothing but this metadata. */
    public static Document of(Metadata metadata) {
        return first(new UUID(0, 1), new UUID(0, 2), Text.of(null, null), metadata, Instant.EPOCH);
    }

    /** The chunks of a document, from none to three. */
    public List<Chunk> chunks(UUID documentId, int dimensions) {
        List<Chunk> chunks = new ArrayList<>();
        int count = random.nextInt(4);
        for (int ordinal = 0; ordinal < count; ordinal++) {
            int start = random.nextInt(1_000_000);
            chunks.add(new Chunk(documentId, ordinal, start, start + random.nextInt(1000), vector(dimensions)));
        }
        return chunks;
    }

    /** Finite numbers of all magnitudes. */
    public Vector vector(int dimensions) {
        float[] components = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            components[i] = Float.isFinite(any) ? any : random.nextFloat();
        }
        return Vector.of(components);
    }

    public UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** As precise as PostgreSQL stores it. */
    public Instant instant() {
        return Instant.ofEpochSecond(EPOCH + random.nextInt(100_000_000), random.nextInt(MICROS) * 1_000L);
    }

    /** In the far future, so that it is there for all tests. */
    private @Nullable Instant expiryOrNull() {
        return random.nextBoolean() ? null : instant().plus(Duration.ofDays(36_500));
    }

    private @Nullable String textOrNull() {
        return random.nextInt(3) == 0 ? null : metadata.text();
    }
}
