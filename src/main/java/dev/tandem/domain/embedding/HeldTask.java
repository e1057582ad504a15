package dev.tandem.domain.embedding;

import java.util.UUID;

/**
 * An embedding task that a replica works on. It stays with the replica until its lease ends or the text changes: then the token is no
 * longer the task's, and nothing done in its name has an effect.
 *
 * @param task the task, with the attempts that were counted before it was claimed
 * @param token the claim that holds the task
 * @param size how long the text is, in bytes
 */
public record HeldTask(EmbeddingTask task, UUID token, int size) {

    public UUID documentId() {
        return task.documentId();
    }

    /** The same task after an attempt that brought it forward, so that its attempts are counted from the beginning. */
    public HeldTask untried() {
        return new HeldTask(new EmbeddingTask(task.documentId(), task.collectionId(), task.version(), 0), token, size);
    }
}
