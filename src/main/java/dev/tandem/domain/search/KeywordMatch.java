package dev.tandem.domain.search;

import java.util.UUID;

/**
 * A document that the keyword search found.
 *
 * @param score BM25: positive, unbounded, comparable within one answer only
 */
public record KeywordMatch(UUID documentId, double score) {}
