package dev.tandem.domain.search.several;

import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchResult;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The result of a search of several collections.
 *
 * @param result with hits of all of them, best first; its sequence has been considered in each
 * @param names of the collections, by their ids
 */
public record MergedResult(SearchResult result, Map<UUID, String> names) {

    public MergedResult {
        names = Map.copyOf(names);
    }

    /** The name of the collection that a hit is from. */
    public String collection(SearchHit hit) {
        return Objects.requireNonNull(names.get(hit.document().collectionId()));
    }
}
