package dev.tandem.domain.search.passage;

/**
 * How the tokens of an answer were spent.
 *
 * @param tokens how many there were to spend
 * @param used how many the titles and passages of the answer have
 * @param cutPassages how many passages did not fit
 * @param cutDocuments how many hits were left out
 */
public record Budget(int tokens, long used, Counter counter, int cutPassages, int cutDocuments) {

    /** What counts the tokens of a text. */
    public enum Counter {
        /** The tokenizer of the collection's model. */
        TOKENIZER,
        /** A count that is rather too great than too small. */
        ESTIMATE
    }
}
