package dev.tandem.database.entity;

import java.util.UUID;

/** The primary key of {@code embedding_progress}. */
public record EmbeddingProgressId(UUID documentId, int vectorSet, int ordinal) {}
