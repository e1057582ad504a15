package dev.tandem.service;

import java.util.UUID;

/**
 * An event within this process, fired after a commit, so that followers need not wait for their next poll.
 *
 * @param mayNeedVectors false if it is known that no document waits for vectors because of the change
 */
public record RowsChanged(UUID collectionId, boolean mayNeedVectors) {

    public RowsChanged(UUID collectionId) {
        this(collectionId, true);
    }
}
