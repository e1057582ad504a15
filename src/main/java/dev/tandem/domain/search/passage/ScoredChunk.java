package dev.tandem.domain.search.passage;

/**
 * A chunk's place in the content, in UTF-16 units, and how well it fits a query.
 *
 * @param score greater is better; 0 for a chunk with none of the words, where words decide
 */
public record ScoredChunk(int ordinal, int start, int end, double score) {}
