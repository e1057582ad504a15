package dev.tandem.factory.collection;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A collection as a caller describes it, unchecked. Null is "not said". */
public record CollectionDraft(
        @Nullable String name,
        @Nullable String description,
        @Nullable Embedding embedding,
        @Nullable Chunks chunking,
        @Nullable String language,
        @Nullable Map<String, @Nullable Object> metadataSchema,
        @Nullable Boolean requireIfMatch,
        @Nullable History history) {

    /** Where the vectors come from, unchecked. */
    public record Embedding(
            @Nullable String model,
            @Nullable Integer dimensions,
            @Nullable String metric) {}

    /** How much is kept of earlier versions, unchecked. */
    public record History(
            @Nullable Integer maxVersions, @Nullable Integer maxDays) {}

    /** How text is cut, unchecked. */
    public record Chunks(
            @Nullable Integer maxTokens, @Nullable Integer overlapTokens) {}
}
