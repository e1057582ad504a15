package dev.tandem.domain.job;

import dev.tandem.domain.refusal.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A rule that one of a job's documents would have broken. The document was left unchanged.
 *
 * @param line where the document stood in an import, from 1; null if it was already stored
 * @param key the document's key; null if a line of an import has no readable one
 */
public record JobError(@Nullable Long line, @Nullable String key, Violation violation) {

    /** For a document that was already stored. */
    public JobError(String key, Violation violation) {
        this(null, key, violation);
    }
}
