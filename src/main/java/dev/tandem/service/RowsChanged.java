package dev.tandem.service;

import java.util.UUID;

/** An event within this process, fired after a commit, so that followers need not wait for their next poll. */
public record RowsChanged(UUID collectionId) {}
