package dev.tandem.domain.change;

import java.util.Set;
import java.util.UUID;

/**
 * What has been going on in the log since a reader stood at a position.
 *
 * @param isConnected whether the log goes on from there; where it doesn't, anything may have changed
 * @param collections those that have changed
 * @param reached where a reader stands who knows it
 */
public record LogNews(boolean isConnected, Set<UUID> collections, Position reached) {}
