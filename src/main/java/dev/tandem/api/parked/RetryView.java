package dev.tandem.api.parked;

/** How many documents are tried again. */
public record RetryView(int retried) {}
