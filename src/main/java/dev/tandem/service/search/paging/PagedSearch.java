package dev.tandem.service.search.paging;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.domain.search.ranked.HitList;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.service.search.SearchPlan;
import dev.tandem.service.search.SearchPlans;
import dev.tandem.service.search.SearchService;
import dev.tandem.service.search.SequenceWait;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds documents of a collection page by page. */
@ApplicationScoped
public class PagedSearch {

    private final SearchService searches;
    private final SequenceWait sequenceWait;
    private final SearchPlans plans;
    private final PagedRounds rounds;
    private final HitPages pages;

    PagedSearch(
            SearchService searches, SequenceWait sequenceWait, SearchPlans plans, PagedRounds rounds, HitPages pages) {
        this.searches = searches;
        this.sequenceWait = sequenceWait;
        this.plans = plans;
        this.rounds = rounds;
        this.pages = pages;
    }

    /**
     * A page of what a search finds in what a scope has of a collection.
     *
     * <p>The first one fails as {@link SearchService#search} does, and a further one as {@link HitPages#find} does. It does not wait for a
     * sequence: its list was made before.
     */
    public Uni<SearchResult> search(String collection, Scope scope, SearchDraft draft) {
        return searches.search(collection, scope, draft, this::page);
    }

    private Uni<SearchResult> page(Collection owner, SearchQuery query) {
        HitPlace from = query.page().from();
        return from == null
                ? sequenceWait.of(owner, query).chain(() -> plans.answer(owner, query, this::first))
                : pages.find(owner, query, from).chain(list -> further(owner, query, list, from.rank()));
    }

    private Uni<SearchResult> first(SearchPlan plan) {
        return rounds.list(plan, pages.nextId(), pages.depth(plan.query()))
                .chain(list -> rounds.page(plan, list, 0).chain(page -> pages.finished(list, true, page)));
    }

    private Uni<SearchResult> further(Collection owner, SearchQuery query, HitList list, int rank) {
        return plans.further(owner, set(owner, list), query)
                .chain(plan -> rounds.page(plan, list, rank))
                .chain(page -> pages.finished(list, false, page));
    }

    /** The set that was searched. The numbers of chunks are those of its vectors. */
    private static VectorSet set(Collection owner, HitList list) {
        return owner.set(list.vectorSet()).orElseThrow(HitPages::expired);
    }
}
