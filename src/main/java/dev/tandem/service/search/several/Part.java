package dev.tandem.service.search.several;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.several.MergedCandidates;
import dev.tandem.repository.SeveralRepository.Source;
import dev.tandem.service.search.SearchPlan;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What the search does in one of the collections.
 *
 * @param isDegraded whether its vector search is away, and it does without
 */
record Part(SearchPlan plan, boolean isDegraded) {

    Collection owner() {
        return plan.owner();
    }

    /** What is left of it while its vector search is away. */
    Part degraded() {
        return new Part(new SearchPlan(plan.owner(), plan.set(), plan.query().byWords(), null), true);
    }

    /** The part that finds the hits which a reranker is to order. */
    Part forReranking(Rerank wanted) {
        return new Part(plan.forReranking(wanted), isDegraded);
    }

    /** A part, and what its index found. */
    record Found(Part part, Candidates candidates) {

        /** The same candidates for this part, which shows something else of them. */
        Found shownBy(Part other) {
            return new Found(part.isDegraded && !other.isDegraded ? other.degraded() : other, candidates);
        }

        MergedCandidates.Part merged() {
            SearchPlan plan = part.plan;
            return new MergedCandidates.Part(plan.query().mode(), plan.space(), plan.alike(candidates));
        }

        Source source() {
            Set<UUID> documents = new HashSet<>();
            candidates.byWords().forEach(match -> documents.add(match.documentId()));
            candidates.byVector().forEach(match -> documents.add(match.documentId()));
            SearchPlan plan = part.plan;
            return new Source(plan.owner(), plan.set(), plan.query().filter(), documents);
        }
    }
}
