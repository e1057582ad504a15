package dev.tandem.domain.search.paging;

import java.util.UUID;

/**
 * A place in a list of hits, where a page begins.
 *
 * @param rank how many of the list come before it
 */
public record HitPlace(UUID listId, int rank) {}
