package dev.tandem.domain.embedding;

/**
 * A model that turns text into vectors.
 *
 * @param dimensions the length of its vectors; 0 as long as it is not known
 * @param maxTokens the longest input that it reads, in its own tokens
 * @param chunkTokens how long chunks should be for it if a collection does not say it, in its own tokens
 */
public record EmbeddingModel(String name, int dimensions, int maxTokens, int chunkTokens) {}
