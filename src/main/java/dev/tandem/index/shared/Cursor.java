package dev.tandem.index.shared;

import dev.tandem.domain.change.Position;

/**
 * Where the shared index of a collection stands, the same for all replicas.
 *
 * @param store what searches use
 * @param position everything up to it is visible in the store
 */
public record Cursor(Store store, Position position) {}
