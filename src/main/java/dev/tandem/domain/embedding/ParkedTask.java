package dev.tandem.domain.embedding;

import dev.tandem.domain.refusal.Noun;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A parked document: it failed to embed so often that Tandem stopped trying.
 *
 * @param collection its collection's name
 * @param error why the last attempt failed
 */
public record ParkedTask(
        UUID documentId,
        String collection,
        String key,
        int attempts,
        Instant parkedAt,
        @Nullable String error) {

    public static final Noun NOUN = new Noun("parked", "No document with the key '%s' is parked in this collection.");

    /**
     * A place in a list of parked tasks, newest first.
     *
     * @param parkedAt when the last task before the place was parked
     * @param documentId that task's document
     */
    public record Place(Instant parkedAt, UUID documentId) {

        /** The inverse of {@link #toString}. */
        public static Place parse(String text) {
            String[] parts = text.split(" ", 2);
            return new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        }

        @Override
        public String toString() {
            return parkedAt + " " + documentId;
        }
    }

    /** The place behind this task. */
    public Place place() {
        return new Place(parkedAt, documentId);
    }
}
