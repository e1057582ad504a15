package dev.tandem.domain.search.paging;

/**
 * How many documents match a search.
 *
 * @param exact whether there are so many; otherwise there are no fewer
 */
public record Total(long value, boolean exact) {}
