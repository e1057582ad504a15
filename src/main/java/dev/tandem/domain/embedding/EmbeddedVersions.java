package dev.tandem.domain.embedding;

import org.jspecify.annotations.Nullable;

/**
 * The versions of a document whose texts models have embedded, for the sets of vectors that a collection can have together. Null if the
 * model has embedded none yet, or if the document has an own vector in the set.
 *
 * @param even for a set with an even number
 * @param odd for a set with an odd number
 */
public record EmbeddedVersions(
        @Nullable Long even, @Nullable Long odd) {

    /** No model has embedded anything. */
    public static final EmbeddedVersions NONE = new EmbeddedVersions(null, null);

    public @Nullable Long in(VectorSet set) {
        return set.isOdd() ? odd : even;
    }

    /** The same versions counted on by so many. */
    public EmbeddedVersions later(long by) {
        return new EmbeddedVersions(even == null ? null : even + by, odd == null ? null : odd + by);
    }

    public EmbeddedVersions at(VectorSet set, @Nullable Long version) {
        return set.isOdd() ? new EmbeddedVersions(even, version) : new EmbeddedVersions(version, odd);
    }
}
