package dev.tandem.service.index;

import dev.tandem.index.IndexHealth;

/**
 * How far this replica's index of a collection has followed the log.
 *
 * @param health the worse one, if the words are in another engine than the vectors
 * @param sequence every write of the transactions up to this one is visible
 * @param lag how many changes are not visible yet; while the index is being built, the number of documents
 */
public record IndexState(String engine, IndexHealth health, long sequence, long lag) {

    /** ok, degraded if its disk or its engine fails, or building. */
    public String state() {
        return health.label();
    }

    /** The state of both together, under the name of this one. */
    IndexState with(IndexState words) {
        return new IndexState(
                engine,
                health.compareTo(words.health) >= 0 ? health : words.health,
                Math.min(sequence, words.sequence),
                Math.max(lag, words.lag));
    }
}
