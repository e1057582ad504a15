package dev.tandem.factory.collection;

import dev.tandem.domain.collection.Derivation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A collection as a client describes it, not checked yet. Null means that the client did not mention it. */
public record CollectionDraft(
        @Nullable String name,
        @Nullable String description,
        @Nullable Embedding embedding,
        @Nullable Chunks chunking,
        @Nullable String language,
        @Nullable Map<String, @Nullable Object> metadataSchema,
        @Nullable Boolean requireIfMatch,
        @Nullable History history,
        @Nullable String engine,
        @Nullable String timeToLive,
        @Nullable List<@Nullable String> indexes) {

    /** The collection of a model's records, with the defaults of this service. */
    public static CollectionDraft derived(Derivation derivation) {
        String description = "The records of '" + derivation.model() + "'";
        return new CollectionDraft(
                derivation.collection(), description, null, null, null, null, null, null, null, null, null);
    }

    /** Where the vectors come from, not checked yet. */
    public record Embedding(
            @Nullable String model,
            @Nullable Integer dimensions,
            @Nullable String metric) {}

    /** How many revisions are kept, not checked yet. */
    public record History(
            @Nullable Integer maxVersions, @Nullable Integer maxDays) {}

    /** How text is cut into chunks, not checked yet. */
    public record Chunks(
            @Nullable Integer maxTokens, @Nullable Integer overlapTokens) {}
}
