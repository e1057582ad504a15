package dev.tandem.database.entity;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of {@code metadata_value}. */
public record MetadataValueId(UUID documentId, long indexNumber) implements Serializable {}
