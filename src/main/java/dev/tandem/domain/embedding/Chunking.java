package dev.tandem.domain.embedding;

/**
 * How a document's text is cut into passages before it is embedded. Lengths are in tokens of the collection's model.
 *
 * @param maxTokens the longest passage, its title included
 * @param overlapTokens how much of a passage's end the next one repeats
 */
public record Chunking(int maxTokens, int overlapTokens) {}
