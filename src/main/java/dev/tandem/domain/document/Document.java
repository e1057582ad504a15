package dev.tandem.domain.document;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.metadata.Metadata;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document: what a caller wants to keep and find again.
 *
 * @param key the caller's own name for it, unique within the collection
 * @param version 1 at first, one more with each change
 * @param textVersion the version at which title and content came to be what they are
 * @param embeddedVersion the version whose text the collection's model has embedded; null while it hasn't, or where the caller brought
 *     the vector
 * @param author who wrote this version, as its caller says; null where nobody said
 */
public record Document(
        UUID id,
        UUID collectionId,
        String key,
        @Nullable String title,
        @Nullable String content,
        Metadata metadata,
        ContentHash contentHash,
        long version,
        long textVersion,
        @Nullable Long embeddedVersion,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String author) {

    /** Whether there is anything in it that a model could embed. */
    public boolean hasText() {
        return (title != null && !title.isBlank()) || (content != null && !content.isBlank());
    }

    /** Whether both have the same title and content. Only a new text makes vectors stale. */
    public boolean hasTextOf(Document other) {
        return contentHash.equals(other.contentHash);
    }

    /** Whether a model of those settings can make vectors of it. */
    public boolean isEmbeddableBy(EmbeddingSettings embedding) {
        return embedding.hasModel() && hasText();
    }

    /** Whether its vectors are those that the collection's model has made of its present text. */
    public boolean isEmbedded() {
        return embeddedVersion != null && embeddedVersion >= textVersion;
    }

    /** Whether its vectors stand for an earlier text. They serve until those of the present one exist. */
    public boolean hasStaleVectors() {
        return embeddedVersion != null && embeddedVersion < textVersion;
    }

    /** Whether a replacement by {@code other} would change nothing that a caller can see. */
    public boolean saysTheSameAs(Document other) {
        return hasTextOf(other) && metadata.equals(other.metadata);
    }

    /**
     * This document with everything that {@code replacement} says, one version on. The identity stays, and so do the vectors: with another
     * text they become stale.
     */
    public Document replacedBy(Document replacement) {
        boolean sameText = hasTextOf(replacement);
        return new Document(
                id,
                collectionId,
                key,
                replacement.title,
                replacement.content,
                replacement.metadata,
                replacement.contentHash,
                version + 1,
                sameText ? textVersion : version + 1,
                embeddedVersion,
                createdAt,
                replacement.updatedAt,
                replacement.author);
    }

    /** This document as the next version of one that has been deleted, whose identity and history it takes up. */
    public Document reviving(Document deleted) {
        return new Document(
                deleted.id,
                collectionId,
                deleted.key,
                title,
                content,
                metadata,
                contentHash,
                deleted.version + 1,
                deleted.version + 1,
                embeddedVersion,
                deleted.createdAt,
                updatedAt,
                author);
    }

    /** This document, its vectors being those of the given version's text, or nobody's. */
    public Document embeddedAt(@Nullable Long embeddedAt) {
        return new Document(
                id,
                collectionId,
                key,
                title,
                content,
                metadata,
                contentHash,
                version,
                textVersion,
                embeddedAt,
                createdAt,
                updatedAt,
                author);
    }
}
