package dev.tandem.domain.search;

import java.util.UUID;

/**
 * A document found by its words.
 *
 * @param score BM25: positive, unbounded, comparable within one answer only
 */
public record KeywordMatch(UUID documentId, double score) {}
