package dev.tandem.domain.document;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document: what a caller wants to keep and find again.
 *
 * @param key the caller's own name for it, unique within the collection
 * @param version 1 at first, one more with each change
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
        @Nullable Long embeddedVersion,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String author) {

    /** Whether there is anything in it that a model could embed. */
    public boolean hasText() {
        return (title != null && !title.isBlank()) || (content != null && !content.isBlank());
    }

    /** Whether both have the same title and content. Only a new text moves the vectors. */
    public boolean hasTextOf(Document other) {
        return contentHash.equals(other.contentHash);
    }

    /** Whether a replacement by {@code other} would change nothing that a caller can see. */
    public boolean saysTheSameAs(Document other) {
        return hasTextOf(other) && metadata.equals(other.metadata);
    }

    /** This document with everything that {@code replacement} says, one version on. The identity stays. */
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
                sameText ? embeddedVersion : null,
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
                embeddedAt,
                createdAt,
                updatedAt,
                author);
    }
}
