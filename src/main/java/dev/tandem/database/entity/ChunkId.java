package dev.tandem.database.entity;

import java.util.UUID;

/** The primary key of {@code chunk}. */
public record ChunkId(UUID documentId, int vectorSet, int ordinal) {}
