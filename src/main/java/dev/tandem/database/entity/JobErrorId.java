package dev.tandem.database.entity;

import java.util.UUID;

/** The primary key of {@code job_error}. */
public record JobErrorId(UUID jobId, long ordinal) {}
