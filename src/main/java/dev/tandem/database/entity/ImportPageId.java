package dev.tandem.database.entity;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of {@code import_page}. */
public record ImportPageId(UUID jobId, long ordinal) implements Serializable {}
