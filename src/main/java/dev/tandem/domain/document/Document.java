package dev.tandem.domain.document;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Noun;
import dev.tandem.domain.refusal.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document: what a caller wants to keep and find again.
 *
 * <p>A new field that a caller can change belongs to {@link Body}: then replacing, restoring and comparing documents carry it already.
 *
 * @param identity what stays as long as the document lives
 * @param body what a caller can change
 * @param versioning which version this is
 */
@Aggregate
public record Document(Identity identity, Body body, Versioning versioning) {

    /**
     * What stays as long as a document lives.
     *
     * @param key the caller's own name for it, unique within the collection
     */
    public record Identity(UUID id, UUID collectionId, String key, Instant createdAt) {}

    /** What a caller can change of a document, and sees changed in its next version. */
    public record Body(Text text, Metadata metadata) {}

    /** Title and content, with their hash. Only a new text makes vectors stale. */
    public record Text(@Nullable String title, @Nullable String content, ContentHash hash) {

        public static Text of(@Nullable String title, @Nullable String content) {
            return new Text(title, content, ContentHash.of(title, content));
        }

        /** Whether there is anything to read in it. */
        boolean isBlank() {
            return (title == null || title.isBlank()) && (content == null || content.isBlank());
        }
    }

    /**
     * A version of a document.
     *
     * @param version 1 at first, one more with each change
     * @param textVersion the version at which title and content came to be what they are
     * @param embeddedVersion the version whose text the collection's model has embedded; null while it hasn't, or where the caller brought
     *     the vector
     * @param author who wrote this version, as its caller says; null where nobody said
     */
    public record Versioning(
            long version,
            long textVersion,
            @Nullable Long embeddedVersion,
            Instant updatedAt,
            @Nullable String author) {

        /** The first version of a document. */
        public static Versioning first(Instant writtenAt, @Nullable String author) {
            return new Versioning(1, 1, null, writtenAt, author);
        }

        /** The version after an earlier one, written when and by whom this one was. */
        private Versioning following(Versioning earlier, boolean hasSameText) {
            long next = earlier.version + 1;
            return new Versioning(
                    next, hasSameText ? earlier.textVersion : next, earlier.embeddedVersion, updatedAt, author);
        }

        private Versioning embeddedAt(@Nullable Long embedded) {
            return new Versioning(version, textVersion, embedded, updatedAt, author);
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

    public Metadata metadata() {
        return body.metadata();
    }

    public long version() {
        return versioning.version();
    }

    public long textVersion() {
        return versioning.textVersion();
    }

    public @Nullable Long embeddedVersion() {
        return versioning.embeddedVersion();
    }

    public Instant updatedAt() {
        return versioning.updatedAt();
    }

    public @Nullable String author() {
        return versioning.author();
    }

    public static final Noun NOUN = new Noun("document", "There is no document with the key '%s' in this collection.");

    /** The refusal of a second document with the same key. */
    public static Refusal keyTaken() {
        return new Refusal.Conflict("document.key.taken", "A document with this key is there already.");
    }

    /** Whether there is anything in it that a model could embed. */
    public boolean hasText() {
        return !body.text().isBlank();
    }

    /** Whether both have the same title and content. Only a new text makes vectors stale. */
    public boolean hasTextOf(Document other) {
        return contentHash().equals(other.contentHash());
    }

    /** Whether a model of those settings can make vectors of it. */
    public boolean isEmbeddableBy(EmbeddingSettings embedding) {
        return embedding.hasModel() && hasText();
    }

    /** Whether its vectors are those that the collection's model has made of its present text. */
    public boolean isEmbedded() {
        Long embedded = embeddedVersion();
        return embedded != null && embedded >= textVersion();
    }

    /** Whether its vectors stand for an earlier text. They serve until those of the present one exist. */
    public boolean hasStaleVectors() {
        Long embedded = embeddedVersion();
        return embedded != null && embedded < textVersion();
    }

    /** Whether a replacement by {@code other} would change nothing that a caller can see. */
    public boolean saysTheSameAs(Document other) {
        return body.equals(other.body);
    }

    /**
     * This document with everything that {@code replacement} says, one version on. The identity stays, and so do the vectors: with another
     * text they become stale.
     */
    public Document replacedBy(Document replacement) {
        return new Document(
                identity, replacement.body, replacement.versioning.following(versioning, hasTextOf(replacement)));
    }

    /** This document as the next version of one that has been deleted, whose identity and history it takes up. */
    public Document reviving(Document deleted) {
        return new Document(
                deleted.identity,
                body,
                versioning.following(deleted.versioning, false).embeddedAt(embeddedVersion()));
    }

    /** This document, its vectors being those of the given version's text, or nobody's. */
    public Document embeddedAt(@Nullable Long embedded) {
        return new Document(identity, body, versioning.embeddedAt(embedded));
    }
}
