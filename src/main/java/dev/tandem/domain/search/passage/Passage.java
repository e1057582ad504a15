package dev.tandem.domain.search.passage;

import org.jspecify.annotations.Nullable;

/**
 * A part of a document's content: one chunk or several that are neighbours.
 *
 * @param chunks which ones; null for the beginning of a document that has no chunks of its present text
 * @param start where it begins in the content, in UTF-16 units
 * @param end where it ends, exclusive
 * @param score of its best chunk; greater is better, within one document
 * @param similarity of its best chunk to the vector of the query; null without one
 */
public record Passage(
        @Nullable Chunks chunks,
        int start,
        int end,
        String text,
        double score,
        @Nullable Double similarity) {

    /**
     * Neighbouring chunks.
     *
     * @param first the ordinal of the first one
     * @param last the ordinal of the last one
     */
    public record Chunks(int first, int last) {}
}
