package dev.tandem.service.job;

/** Told within this process after a commit, so that a job need not wait for the next look. */
public record JobAdded() {}
