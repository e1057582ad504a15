package dev.tandem.domain.document;

/**
 * A part of a document's content.
 *
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, exclusive
 */
public record Span(int start, int end) {}
