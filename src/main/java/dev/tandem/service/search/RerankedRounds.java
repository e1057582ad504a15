package dev.tandem.service.search;

import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.service.search.SearchRounds.Round;
import dev.tandem.service.search.SearchTimes.Stage;
import dev.tandem.service.search.passage.Passages;
import dev.tandem.service.search.rerank.Reordered;
import dev.tandem.service.search.rerank.Reranking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Finds the hits of a query, and lets a reranker order the best of them if the query wants that. Rows are then read twice: for the reranker, and
 * for the answer, which so has no document that was deleted while the reranker was at work. Passages come last: only the hits of the answer have
 * some.
 */
@Singleton
class RerankedRounds {

    private final SearchRounds rounds;
    private final Reranking reranking;
    private final Passages passages;
    private final SearchTimes times;

    RerankedRounds(SearchRounds rounds, Reranking reranking, Passages passages, SearchTimes times) {
        this.rounds = rounds;
        this.reranking = reranking;
        this.passages = passages;
        this.times = times;
    }

    /** The result of the query. */
    Uni<SearchResult> answer(SearchPlan plan) {
        Rerank wanted = plan.query().rerank();
        return (wanted == null ? rounds.answer(plan) : answer(plan, wanted))
                .chain(result -> passages.of(plan.owner(), plan.set(), plan.vector(), result));
    }

    private Uni<SearchResult> answer(SearchPlan plan, Rerank wanted) {
        return rounds.look(plan.forReranking(wanted)).chain(round -> times.of(Stage.RERANK, order(plan, wanted, round))
                .chain(order -> rounds.answer(plan, round.ranked().inOrder(order.rankings()))
                        .map(result -> warned(result, order))));
    }

    private Uni<Reordered> order(SearchPlan plan, Rerank wanted, Round round) {
        return reranking.order(
                plan.query(),
                wanted,
                round.ranked().rankings(),
                round.page().rows(),
                round.page().passages());
    }

    private static SearchResult warned(SearchResult result, Reordered order) {
        SearchResult warned = result;
        for (String warning : order.warnings()) {
            warned = warned.withWarning(warning);
        }
        return warned;
    }
}
