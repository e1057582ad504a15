package dev.tandem.domain.document;

import org.jspecify.annotations.Nullable;

/**
 * A document as a caller hands it in.
 *
 * @param vector the one brought along; null where none was
 */
public record Submission(Document document, @Nullable Vector vector) {}
