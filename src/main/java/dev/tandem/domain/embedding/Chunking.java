package dev.tandem.domain.embedding;

/**
 * How a document's text is cut into chunks before it is embedded. Lengths are in tokens of the collection's model.
 *
 * @param maxTokens the longest chunk, including the title
 * @param overlapTokens how much of a chunk's end the next chunk repeats
 */
public record Chunking(int maxTokens, int overlapTokens) {

    /** How long chunks are of which nothing better is known. */
    public static final int USUAL_TOKENS = 200;
}
