package dev.tandem.domain.collection;

import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.metadata.FieldPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a collection, which apply to all of its documents.
 *
 * @param metadataSchema a JSON Schema (2020-12) that every document's metadata must satisfy; null accepts any metadata
 * @param requireIfMatch whether a change of a document must name the version it is based on
 * @param history how many revisions are kept, and for how long
 * @param vectors which sets of vectors there are; {@code embedding} is how those that searches use are made
 * @param derivedFrom the model whose records the documents are; null if clients write them
 * @param timeToLive of documents for which a write does not say when they expire; null if they never do
 * @param indexes the fields of the metadata whose order PostgreSQL keeps in an index
 */
public record CollectionSettings(
        EmbeddingSettings embedding,
        Chunking chunking,
        Language language,
        @Nullable Map<String, Object> metadataSchema,
        boolean requireIfMatch,
        HistorySettings history,
        IndexSettings index,
        VectorSets vectors,
        @Nullable String derivedFrom,
        @Nullable TimeToLive timeToLive,
        List<FieldPath> indexes) {

    /** A collection may have so many declared indexes: each write of a document keeps all of them. */
    public static final int MOST_INDEXES = 16;

    public CollectionSettings {
        indexes = List.copyOf(indexes);
    }

    /** The settings of a collection whose documents are written by clients. */
    public CollectionSettings(
            EmbeddingSettings embedding,
            Chunking chunking,
            Language language,
            @Nullable Map<String, Object> metadataSchema,
            boolean requireIfMatch,
            HistorySettings history,
            IndexSettings index,
            VectorSets vectors) {
        this(
                embedding,
                chunking,
                language,
                metadataSchema,
                requireIfMatch,
                history,
                index,
                vectors,
                null,
                null,
                List.of());
    }

    /** The same for one that has never had another model. */
    public CollectionSettings(
            EmbeddingSettings embedding,
            Chunking chunking,
            Language language,
            @Nullable Map<String, Object> metadataSchema,
            boolean requireIfMatch,
            HistorySettings history,
            IndexSettings index) {
        this(embedding, chunking, language, metadataSchema, requireIfMatch, history, index, VectorSets.FIRST);
    }

    /** These settings with the index in other engines. */
    CollectionSettings with(IndexSettings moved) {
        return new CollectionSettings(
                embedding,
                chunking,
                language,
                metadataSchema,
                requireIfMatch,
                history,
                moved,
                vectors,
                derivedFrom,
                timeToLive,
                indexes);
    }

    /** These settings with other sets of vectors. */
    CollectionSettings with(EmbeddingSettings searched, VectorSets sets) {
        return new CollectionSettings(
                searched,
                chunking,
                language,
                metadataSchema,
                requireIfMatch,
                history,
                index,
                sets,
                derivedFrom,
                timeToLive,
                indexes);
    }

    /** These settings for documents that are the records of a model; null if clients write them. */
    CollectionSettings derivedFrom(@Nullable String model) {
        return new CollectionSettings(
                embedding,
                chunking,
                language,
                metadataSchema,
                requireIfMatch,
                history,
                index,
                vectors,
                model,
                timeToLive,
                indexes);
    }

    /** These settings with another time to live; null for none. */
    public CollectionSettings expiringAfter(@Nullable TimeToLive changed) {
        return new CollectionSettings(
                embedding,
                chunking,
                language,
                metadataSchema,
                requireIfMatch,
                history,
                index,
                vectors,
                derivedFrom,
                changed,
                indexes);
    }

    /** These settings with other declared indexes. */
    public CollectionSettings indexing(List<FieldPath> declared) {
        return new CollectionSettings(
                embedding,
                chunking,
                language,
                metadataSchema,
                requireIfMatch,
                history,
                index,
                vectors,
                derivedFrom,
                timeToLive,
                declared);
    }
}
