package dev.tandem.service.projection;

import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchQuery;
import java.util.List;

/**
 * Records that a search has found.
 *
 * @param query which says what each hit shows
 * @param items best first
 * @param sequence every write of the transactions up to this one has been considered
 * @param warnings what the client should know, such as why there are fewer hits than requested
 */
public record FoundRecords<T>(SearchQuery query, List<Found<T>> items, long sequence, List<String> warnings) {

    /** A record, as it is by now, and why it was found. */
    public record Found<T>(T record, SearchHit hit) {}
}
