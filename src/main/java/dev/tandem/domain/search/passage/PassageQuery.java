package dev.tandem.domain.search.passage;

import org.jspecify.annotations.Nullable;

/**
 * Which passages a search answers with.
 *
 * @param perDocument how many chunks of a document are chosen, at most
 * @param around how many neighbours on each side come with a chosen chunk
 * @param budget how many tokens the answer may have; null for any number
 */
public record PassageQuery(
        int perDocument, int around, @Nullable Integer budget) {}
