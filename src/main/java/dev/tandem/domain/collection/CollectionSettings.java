package dev.tandem.domain.collection;

import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the documents of a collection are treated.
 *
 * @param metadataSchema a JSON Schema (2020-12) that every document's metadata must satisfy; null takes any metadata
 * @param requireIfMatch whether changing a document demands the version it is based on
 * @param history how much is kept of earlier versions
 */
public record CollectionSettings(
        EmbeddingSettings embedding,
        Chunking chunking,
        Language language,
        @Nullable Map<String, Object> metadataSchema,
        boolean requireIfMatch,
        HistorySettings history) {}
