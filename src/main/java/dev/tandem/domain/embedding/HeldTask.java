package dev.tandem.domain.embedding;

import java.util.UUID;

/**
 * An embedding task that a replica works on. The claim ends with its lease or when the text changes. After that the token is no longer the
 * task's, and results stored under it have no effect.
 *
 * @param task the task, with the attempts that were counted before the claim
 * @param token identifies the claim; no two tasks have the same
 * @param size the length of the text, in bytes
 */
public record HeldTask(EmbeddingTask task, UUID token, int size) {

    public UUID documentId() {
        return task.documentId();
    }

    public int vectorSet() {
        return task.vectorSet();
    }

    /** The same task after an attempt that made progress: its attempts are counted from 0 again. */
    public HeldTask untried() {
        return new HeldTask(
                new EmbeddingTask(task.documentId(), task.vectorSet(), task.collectionId(), task.version(), 0),
                token,
                size);
    }
}
