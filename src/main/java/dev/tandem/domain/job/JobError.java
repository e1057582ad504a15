package dev.tandem.domain.job;

import dev.tandem.domain.refusal.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A rule that one of a job's documents would have broken. The document has been left as it was.
 *
 * @param line where the document stood in an import, from 1; null where it was there before
 * @param key the document's; null where an import doesn't tell
 */
public record JobError(@Nullable Long line, @Nullable String key, Violation violation) {

    /** Of a document that was there before. */
    public JobError(String key, Violation violation) {
        this(null, key, violation);
    }
}
