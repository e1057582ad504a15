package dev.tandem.database.entity;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of {@code revision}. */
public record RevisionId(UUID documentId, long version) implements Serializable {}
