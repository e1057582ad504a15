package dev.tandem.service.search.paging;

import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.domain.search.ranked.HitList;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.service.facet.SearchFacets;
import dev.tandem.service.search.SearchPage;
import dev.tandem.service.search.SearchPlan;
import dev.tandem.service.search.SearchRounds;
import dev.tandem.service.search.SearchWarnings;
import dev.tandem.service.search.passage.Passages;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the list of what a query finds, and reads pages of it: rows, then passages for these, and facets last, as for a search without pages. */
@Singleton
class PagedRounds {

    private static final String TOO_LARGE =
            "The first hit of this page is larger than the whole budget. The pages go on behind it.";

    private final SearchRounds rounds;
    private final Passages passages;
    private final SearchFacets facets;

    PagedRounds(SearchRounds rounds, Passages passages, SearchFacets facets) {
        this.rounds = rounds;
        this.passages = passages;
        this.facets = facets;
    }

    /**
     * What the query finds in one look at the index.
     *
     * @param id of the list
     * @param depth how many documents it may have
     */
    Uni<HitList> list(SearchPlan plan, UUID id, int depth) {
        return rounds.best(plan, depth).map(ranked -> {
            List<Ranking> rankings = ranked.rankings();
            return new HitList(
                    id,
                    plan.owner().id(),
                    plan.query().page().fingerprint(),
                    plan.set().number(),
                    ranked.candidates().sequence(),
                    plan.total(ranked.candidates()),
                    rankings.size() > depth,
                    rankings.subList(0, Math.min(depth, rankings.size())));
        });
    }

    /** The result of the query, if it is the page of a list that begins at a rank. */
    Uni<SearchResult> page(SearchPlan plan, HitList list, int rank) {
        return rounds.page(plan, list.from(rank))
                .chain(page -> rounds.hits(plan, page)
                        .map(hits -> new SearchResult(
                                plan.query(),
                                hits,
                                list.sequence(),
                                null,
                                null,
                                plan.query().page().hasTotal() ? list.total() : null,
                                next(plan.query(), list, page),
                                warnings(plan, list, page))))
                .chain(result -> passages.of(plan.owner(), plan.set(), plan.vector(), result)
                        .map(read -> cut(list, result.hits(), read)))
                .chain(result -> facets.counted(plan.owner(), plan.set(), plan.query(), result));
    }

    /** Where the page behind this one begins; null if the list has no further rows. */
    private static @Nullable HitPlace next(SearchQuery query, HitList list, SearchPage page) {
        List<Found> found = page.rows().found();
        boolean mayGoOn = page.rows().isCut() || found.size() >= query.limit();
        return !mayGoOn || found.isEmpty()
                ? null
                : list.behind(found.getLast().document().id());
    }

    /**
     * The page, of whose hits a budget may have left only some. The next one begins behind these, with the whole budget again. If that does not hold
     * the first hit, no page can show it: the next one begins behind it, so that it does not hide the others.
     */
    private static SearchResult cut(HitList list, List<SearchHit> found, SearchResult page) {
        if (page.budget() == null || page.budget().cutDocuments() == 0) {
            return page;
        }
        return page.hits().isEmpty()
                ? page.with(behind(list, found.getFirst())).withWarning(TOO_LARGE)
                : page.with(behind(list, page.hits().getLast()));
    }

    private static @Nullable HitPlace behind(HitList list, SearchHit hit) {
        return list.behind(hit.document().id());
    }

    /** That a page is not full where the list was cut has a reason of its own, of which {@link HitPages#finished} warns. */
    private List<String> warnings(SearchPlan plan, HitList list, SearchPage page) {
        boolean isTroubled = rounds.isTroubled(plan);
        return list.isCut() && !page.rows().isCut()
                ? SearchWarnings.ofState(page, list.sequence(), isTroubled)
                : SearchWarnings.of(plan.query(), page, list.sequence(), isTroubled);
    }
}
