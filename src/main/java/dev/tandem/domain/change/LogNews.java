package dev.tandem.domain.change;

import java.util.Set;
import java.util.UUID;

/**
 * What has changed in the log since a position.
 *
 * @param isConnected whether the log continues from the position; if not, anything may have changed
 * @param collections the collections that have changed
 * @param reached the position of a reader that knows this
 */
public record LogNews(boolean isConnected, Set<UUID> collections, Position reached) {}
