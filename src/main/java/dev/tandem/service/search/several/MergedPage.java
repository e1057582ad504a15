package dev.tandem.service.search.several;

import dev.tandem.domain.document.Span;
import dev.tandem.repository.SearchRepository.Hydrated;
import dev.tandem.service.search.SearchPage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rows of the hits of several collections, and what was read with them.
 *
 * @param rows of all collections, best first
 * @param pages what is from each collection, in their order
 */
record MergedPage(Hydrated rows, List<SearchPage> pages) {

    /** Where the best chunk of each document lies in its content, by the document's id. */
    Map<UUID, Span> passages() {
        Map<UUID, Span> passages = new HashMap<>();
        pages.forEach(page -> passages.putAll(page.passages()));
        return passages;
    }
}
