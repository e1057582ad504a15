package dev.tandem.service.job;

/** An event within this process, fired after a commit, so that a job need not wait for the next poll. */
public record JobAdded() {}
