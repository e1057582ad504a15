package dev.tandem.domain.job;

import dev.tandem.domain.error.Violation;

/**
 * A rule that one of a job's documents would have broken. The document has been left as it was.
 *
 * @param key the document's
 */
public record JobError(String key, Violation violation) {}
