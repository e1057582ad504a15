package dev.tandem.api.search;

import dev.tandem.api.access.Caller;
import dev.tandem.api.paging.Cursor;
import dev.tandem.api.paging.Cursors;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.service.search.SearchService;
import dev.tandem.service.search.paging.PagedSearch;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers searches, in pages if they ask for them. A cursor names a list of hits and a place in it. The list says of which collection it is, so
 * pages go on under any name of that.
 */
@Singleton
class SearchPages {

    private static final String SEPARATOR = " ";

    private final SearchService searches;
    private final PagedSearch paged;
    private final Cursors cursors;
    private final Caller caller;

    SearchPages(SearchService searches, PagedSearch paged, Cursors cursors, Caller caller) {
        this.searches = searches;
        this.paged = paged;
        this.cursors = cursors;
        this.caller = caller;
    }

    /**
     * The answer to a search.
     *
     * @param sequence the header; null if there is none
     */
    Uni<SearchView> search(String collection, SearchRequest body, @Nullable String sequence) {
        if (!body.isPaged()) {
            return searches.search(collection, caller.scope(), body.toDraft(sequence))
                    .map(SearchView::of);
        }
        return cursors.of("hits", SearchPages::text, SearchPages::place).chain(cursor -> paged.search(
                        collection, caller.scope(), body.toDraft(sequence, cursor.place(body.cursor())))
                .map(result -> view(result, cursor)));
    }

    private static SearchView view(SearchResult result, Cursor<HitPlace> cursor) {
        HitPlace next = result.next();
        return SearchView.of(result, next == null ? null : cursor.at(next));
    }

    private static String text(HitPlace place) {
        return place.listId() + SEPARATOR + place.rank();
    }

    private static HitPlace place(String text) {
        String[] parts = text.split(SEPARATOR, 2);
        return new HitPlace(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
    }
}
