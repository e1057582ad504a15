package dev.tandem.service;

import java.util.UUID;

/** Told within this process after a commit, so that followers need not wait for their next look. */
public record RowsChanged(UUID collectionId) {}
