package dev.tandem.factory.search;

import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.Rerank;
import dev.tandem.factory.search.SearchDraft.RerankDraft;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for the order that a search wants from a reranker. */
final class RerankRules {

    static final int MOST_HITS = 200;
    private static final int DEFAULT_HITS = 50;

    private RerankRules() {}

    /** Null if the search wants none. */
    static @Nullable Rerank check(SearchDraft search, Set<String> rerankers, Violations violations) {
        RerankDraft draft = search.rerank();
        if (draft == null) {
            return null;
        }
        String model = draft.model() == null ? "" : draft.model();
        violations.require(rerankers.contains(model), "/rerank/model", "search.rerank.model", names(rerankers));
        int top = draft.top() == null ? DEFAULT_HITS : draft.top();
        violations.require(
                top >= 1 && top <= MOST_HITS,
                "/rerank/top",
                "search.rerank.top",
                "A reranker orders 1 to " + MOST_HITS + " hits.");
        // A search of nothing is refused anyway.
        violations.require(
                search.hasText() || !search.hasVector(),
                "/query",
                "search.query.required",
                "A reranker compares texts with the query: send a query.");
        return new Rerank(model, top);
    }

    private static String names(Set<String> rerankers) {
        return rerankers.isEmpty()
                ? "This service has no reranker."
                : "The name of a reranker is required. This service has " + String.join(", ", rerankers) + ".";
    }
}
