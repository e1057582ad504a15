package dev.tandem.index.lucene.query;

/**
 * The best chunk of a document.
 *
 * @param document the document's number in the whole index
 * @param ordinal of the chunk
 */
record Nearest(int document, double similarity, int ordinal) {}
