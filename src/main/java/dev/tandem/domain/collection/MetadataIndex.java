package dev.tandem.domain.collection;

import dev.tandem.domain.metadata.FieldPath;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A declared index of a collection, which keeps the order of its documents by a field of the metadata.
 *
 * @param done of how many documents that were there before it has been made so far
 * @param job the id of the job that brings these documents; null if there were none
 */
public record MetadataIndex(
        FieldPath path, State state, long done, @Nullable UUID job) {

    /** How far an index is. */
    public enum State {
        /** Its job waits or runs. */
        BUILDING,
        /** It has all documents, so that lists use it. */
        READY,
        /** Its job has failed. Nobody finishes the index unless it is declared again. */
        FAILED,
        /** Its job has been canceled. Nobody finishes the index unless it is declared again. */
        CANCELED
    }

    public boolean isReady() {
        return state == State.READY;
    }

    /** Whether nobody finishes it unless it is declared again. */
    public boolean isStopped() {
        return state == State.FAILED || state == State.CANCELED;
    }
}
