package dev.tandem.domain.document;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.embedding.StoredVectors.EmbeddedChunk;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.Filterable;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Noun;
import dev.tandem.domain.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document: the text and metadata that a client stores and searches for.
 *
 * <p>A new field that a client can change belongs to {@link Body}. Replacing, restoring and comparing documents then already include it.
 *
 * @param identity what stays the same for the document's lifetime
 * @param body what a client can change
 * @param versioning which version this is
 */
@Aggregate
public record Document(Identity identity, Body body, Versioning versioning) implements Filterable {

    /**
     * What stays the same for a document's lifetime.
     *
     * @param key the client's own name for it, unique within the collection
     */
    public record Identity(UUID id, UUID collectionId, String key, Instant createdAt) {}

    /**
     * What a client can change in a document, and what a new version can differ in.
     *
     * @param expiresAt from when on the document counts as deleted; null if it never does
     */
    public record Body(
            Text text, Metadata metadata, @Nullable Instant expiresAt) {}

    /** Title and content, with their hash. Only a new text makes vectors stale. */
    public record Text(@Nullable String title, @Nullable String content, ContentHash hash) {

        public static Text of(@Nullable String title, @Nullable String content) {
            return new Text(title, content, ContentHash.of(title, content));
        }

        /** Whether the text is missing or only white space. */
        boolean isBlank() {
            return (title == null || title.isBlank()) && (content == null || content.isBlank());
        }
    }

    public UUID id() {
        return identity.id();
    }

    public UUID collectionId() {
        return identity.collectionId();
    }

    public String key() {
        return identity.key();
    }

    public Instant createdAt() {
        return identity.createdAt();
    }

    public @Nullable String title() {
        return body.text().title();
    }

    public @Nullable String content() {
        return body.text().content();
    }

    public ContentHash contentHash() {
        return body.text().hash();
    }

    @Override
    public Metadata metadata() {
        return body.metadata();
    }

    public @Nullable Instant expiresAt() {
        return body.expiresAt();
    }

    public long version() {
        return versioning.version();
    }

    public long textVersion() {
        return versioning.textVersion();
    }

    public EmbeddedVersions embedded() {
        return versioning.embedded();
    }

    /** The version whose text the set's model has embedded; null if it has embedded none yet, or if the document has an own vector there. */
    public @Nullable Long embeddedVersion(VectorSet set) {
        return embedded().in(set);
    }

    public Instant updatedAt() {
        return versioning.updatedAt();
    }

    public @Nullable String author() {
        return versioning.author();
    }

    @Override
    public @Nullable Object value(DocumentField field) {
        return switch (field) {
            case KEY -> key();
            case ID -> id().toString();
            case TITLE -> title();
            case VERSION -> version();
            case CREATED_AT -> createdAt();
            case UPDATED_AT -> updatedAt();
        };
    }

    public static final Noun NOUN = new Noun("document", "There is no document with the key '%s' in this collection.");

    /** Whether a client has chosen its key, so that another document may have had it. */
    public boolean hasChosenKey() {
        return !key().equals(id().toString());
    }

    /** The refusal of a second document with the same key. */
    public static Refusal keyTaken() {
        return new Refusal.Conflict("document.key.taken", "A document with this key already exists.");
    }

    /** Whether it has text that a model could embed. */
    public boolean hasText() {
        return !body.text().isBlank();
    }

    /** Whether both have the same title and content. Only a new text makes vectors stale. */
    public boolean hasTextOf(Document other) {
        return contentHash().equals(other.contentHash());
    }

    /** Whether a model of those settings can make vectors for it. */
    public boolean isEmbeddableBy(EmbeddingSettings embedding) {
        return embedding.hasModel() && hasText();
    }

    /** Whether the set's model has made its vectors from its present text. */
    public boolean isEmbedded(VectorSet set) {
        Long embedded = embeddedVersion(set);
        return embedded != null && embedded >= textVersion();
    }

    /** Whether its vectors in the set were made from an earlier text. Searches use them until the vectors of the present text exist. */
    public boolean hasStaleVectors(VectorSet set) {
        Long embedded = embeddedVersion(set);
        return embedded != null && embedded < textVersion();
    }

    /**
     * Its vectors as they are read back. Those of an earlier text are not its own any more and are left out.
     *
     * @param chunks all that are stored for it in the set, in their order
     */
    public StoredVectors vectors(List<Chunk> chunks, VectorSet set) {
        if (embeddedVersion(set) == null && !chunks.isEmpty()) {
            return StoredVectors.ofOwn(chunks.getFirst().vector());
        }
        return isEmbedded(set)
                ? StoredVectors.ofModel(
                        set.embedding().model(),
                        chunks.stream()
                                .map(chunk -> new EmbeddedChunk(chunk.start(), chunk.end(), chunk.vector()))
                                .toList())
                : StoredVectors.NONE;
    }

    /** Whether replacing this document by {@code other} would change nothing that a client can see. */
    public boolean saysTheSameAs(Document other) {
        return body.equals(other.body);
    }

    /**
     * This document with everything that {@code replacement} says, one version later. The identity and the vectors stay. If the text
     * differs, the vectors become stale.
     */
    public Document replacedBy(Document replacement) {
        return new Document(
                identity, replacement.body, replacement.versioning.following(versioning, hasTextOf(replacement)));
    }

    /** This document as the next version of a deleted one, whose identity and history it continues. */
    public Document reviving(Document deleted) {
        return new Document(
                deleted.identity,
                body,
                versioning.following(deleted.versioning, false).with(embedded()));
    }

    /** This document as an answer shows it that has no more of its text and its metadata than this. */
    public Document withOnly(@Nullable String title, Metadata metadata) {
        return new Document(
                identity, new Body(new Text(title, null, contentHash()), metadata, expiresAt()), versioning);
    }

    /**
     * This document, which is new under its key, as one that goes on from the last version of the document that had the key before. So no version
     * of a key, which is its entity tag, comes twice.
     */
    public Document goingOnFrom(long last) {
        return version() > last ? this : new Document(identity, body, versioning.later(last + 1 - version()));
    }

    /** This document with vectors in the set that were made from the text of the given version; null if no model has made them. */
    public Document embeddedAt(VectorSet set, @Nullable Long version) {
        return new Document(identity, body, versioning.with(embedded().at(set, version)));
    }

    /** This document without any vectors that a model has made. */
    public Document notEmbedded() {
        return new Document(identity, body, versioning.with(EmbeddedVersions.NONE));
    }
}
