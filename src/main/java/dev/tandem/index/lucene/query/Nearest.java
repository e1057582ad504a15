package dev.tandem.index.lucene.query;

/**
 * The best chunk of a document.
 *
 * @param document the document's number in the whole index
 * @param ordinal of the chunk
 * @param chunks how many the document has
 */
record Nearest(int document, double similarity, int ordinal, int chunks) {}
