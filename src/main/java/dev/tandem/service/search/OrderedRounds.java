package dev.tandem.service.search;

import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.ranked.RankedCandidates;
import dev.tandem.domain.search.variety.Diversity;
import dev.tandem.service.facet.SearchFacets;
import dev.tandem.service.search.SearchRounds.Round;
import dev.tandem.service.search.SearchTimes.Stage;
import dev.tandem.service.search.passage.Passages;
import dev.tandem.service.search.rerank.Reordered;
import dev.tandem.service.search.rerank.Reranking;
import dev.tandem.service.search.variety.Diversifying;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Finds the hits of a query in the order that it wants: that of the search, unless a reranker orders the best of them, or some give way to others that
 * are less like them, or both, in this order. Rows are then read twice: for the reranker, and for the answer, which so has no document that was
 * deleted while the reranker was at work. Passages come after that: only the hits of the answer have some. Facets come last.
 */
@Singleton
class OrderedRounds {

    private final SearchRounds rounds;
    private final Reranking reranking;
    private final Diversifying diversifying;
    private final Passages passages;
    private final SearchFacets facets;
    private final SearchTimes times;

    OrderedRounds(
            SearchRounds rounds,
            Reranking reranking,
            Diversifying diversifying,
            Passages passages,
            SearchFacets facets,
            SearchTimes times) {
        this.rounds = rounds;
        this.reranking = reranking;
        this.diversifying = diversifying;
        this.passages = passages;
        this.facets = facets;
        this.times = times;
    }

    /** Candidates in their order, and what the client should know of it. */
    private record Ordered(RankedCandidates ranked, List<String> warnings) {}

    /** The result of the query. */
    Uni<SearchResult> answer(SearchPlan plan) {
        return hits(plan)
                .chain(result -> passages.of(plan.owner(), plan.set(), plan.vector(), result))
                .chain(result -> facets.counted(plan.owner(), plan.set(), plan.query(), result));
    }

    private Uni<SearchResult> hits(SearchPlan plan) {
        Rerank rerank = plan.query().rerank();
        Diversity diversity = plan.query().variety().diversity();
        if (rerank == null && diversity == null) {
            return rounds.answer(plan);
        }
        Uni<Ordered> ordered = rerank == null ? inOrderOfSearch(plan) : reranked(plan, rerank);
        return ordered.chain(order -> diversified(plan, order))
                .chain(order -> rounds.answer(plan, order.ranked()).map(result -> warned(result, order)));
    }

    private Uni<Ordered> inOrderOfSearch(SearchPlan plan) {
        Diversity diversity = plan.query().variety().diversity();
        return rounds.rankedFor(plan, diversity == null ? 0 : diversity.top())
                .map(ranked -> new Ordered(ranked, List.of()));
    }

    private Uni<Ordered> reranked(SearchPlan plan, Rerank wanted) {
        return rounds.look(plan.forReranking(wanted)).chain(round -> times.of(Stage.RERANK, order(plan, wanted, round))
                .map(order -> new Ordered(round.ranked().inOrder(order.rankings()), order.warnings())));
    }

    private Uni<Reordered> order(SearchPlan plan, Rerank wanted, Round round) {
        return reranking.order(
                plan.query(),
                wanted,
                round.ranked().rankings(),
                round.page().rows(),
                round.page().passages());
    }

    private Uni<Ordered> diversified(SearchPlan plan, Ordered order) {
        Diversity wanted = plan.query().variety().diversity();
        return wanted == null
                ? Uni.createFrom().item(order)
                : times.of(
                                Stage.DIVERSITY,
                                diversifying.order(
                                        plan.owner(),
                                        plan.set(),
                                        wanted,
                                        order.ranked().rankings()))
                        .map(rankings -> new Ordered(order.ranked().inOrder(rankings), order.warnings()));
    }

    private static SearchResult warned(SearchResult result, Ordered order) {
        SearchResult warned = result;
        for (String warning : order.warnings()) {
            warned = warned.withWarning(warning);
        }
        return warned;
    }
}
