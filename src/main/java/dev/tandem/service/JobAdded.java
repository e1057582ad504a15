package dev.tandem.service;

import java.util.UUID;

/** Told within this process after a commit, so that a job need not wait for the next look. */
public record JobAdded(UUID jobId) {}
