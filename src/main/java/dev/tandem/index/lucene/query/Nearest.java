package dev.tandem.index.lucene.query;

/**
 * A document's best passage.
 *
 * @param document its number in the whole index
 * @param ordinal of the passage
 */
record Nearest(int document, double similarity, int ordinal) {}
