package dev.tandem.embedding;

/**
 * The text of a chunk that has no vector yet, short enough for a model.
 *
 * @param ordinal 0 for a document's first chunk
 * @param start where it begins in the content, in UTF-16 units
 * @param end where it ends, exclusive; equal to {@code start} if the document has no content
 * @param text what is embedded: the title, a line break, and the content from {@code start} to {@code end}
 */
public record ChunkText(int ordinal, int start, int end, String text) {}
