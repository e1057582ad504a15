package dev.tandem.database.entity;

import java.util.UUID;

/** The primary key of {@code embedding_task}. */
public record EmbeddingTaskId(UUID documentId, int vectorSet) {}
