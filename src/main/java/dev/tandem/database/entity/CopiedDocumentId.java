package dev.tandem.database.entity;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of {@code copied_document}. */
public record CopiedDocumentId(UUID jobId, String key) implements Serializable {}
