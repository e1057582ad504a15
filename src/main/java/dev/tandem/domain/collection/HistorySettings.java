package dev.tandem.domain.collection;

/**
 * How much is kept of what documents were before they were changed or deleted. What is beyond one of the two goes.
 *
 * @param maxVersions earlier versions of each document; 0 keeps none
 * @param maxDays days after a version was replaced or deleted
 */
public record HistorySettings(int maxVersions, int maxDays) {

    public static final HistorySettings DEFAULT = new HistorySettings(10, 90);

    public boolean isKept() {
        return maxVersions > 0;
    }
}
