package dev.tandem.factory.collection;

import dev.tandem.domain.embedding.EmbeddingModel;
import java.util.List;
import java.util.Map;

/**
 * What this service has for a collection to choose from. The first of each is the default.
 *
 * @param models by name
 * @param engines the names of the search engines
 */
public record Offer(Map<String, EmbeddingModel> models, List<String> engines) {}
