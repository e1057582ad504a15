package dev.tandem.domain.collection;

/**
 * Which revisions are kept. A revision is deleted as soon as it exceeds one of the two limits.
 *
 * @param maxVersions how many revisions of each document; 0 keeps no revisions
 * @param maxDays for how many days after the revision was replaced or deleted
 */
public record HistorySettings(int maxVersions, int maxDays) {

    public static final HistorySettings DEFAULT = new HistorySettings(10, 90);

    public boolean isKept() {
        return maxVersions > 0;
    }
}
