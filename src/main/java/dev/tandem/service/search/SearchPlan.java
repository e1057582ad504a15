package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.paging.Total;
import dev.tandem.index.CandidateQuery;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query that is ready for the index.
 *
 * @param set whose index is asked
 * @param vector the query's vector, which fits the set; null for a keyword search
 * @param hidden documents that are no hits, because they are examples
 */
public record SearchPlan(
        Collection owner,
        VectorSet set,
        SearchQuery query,
        @Nullable Vector vector,
        Set<UUID> hidden) {

    public SearchPlan(Collection owner, VectorSet set, SearchQuery query, @Nullable Vector vector) {
        this(owner, set, query, vector, Set.of());
    }

    /** The plan for the hits that a reranker is to order. */
    public SearchPlan forReranking(Rerank wanted) {
        return new SearchPlan(owner, set, query.forReranking(wanted), vector, hidden);
    }

    /** The same plan, in which these documents are no hits. */
    SearchPlan hiding(Set<UUID> documents) {
        return new SearchPlan(owner, set, query, vector, documents);
    }

    /** The query for the index. */
    public CandidateQuery candidates(int width) {
        return new CandidateQuery(
                query.mode().usesWords() ? query.text() : null,
                vector,
                query.demands(),
                query.filter(),
                Math.min(SearchRounds.WIDEST, width + hidden.size()),
                query.effort(),
                query.page().hasTotal());
    }

    /**
     * Of how many first vector matches it matters how many chunks they have.
     *
     * @param depth how many places of a list count, if there are two
     */
    int counted(int depth) {
        boolean isCounted = query.mode() == SearchMode.HYBRID && query.fusion().looksAtChunks();
        return isCounted ? depth + hidden.size() : 0;
    }

    /**
     * The ranking that the query makes from candidates that are similar enough.
     *
     * @param depth how many places of a list count, if there are two
     */
    List<Ranking> rank(Candidates candidates, int depth) {
        return switch (query.mode()) {
            case KEYWORD -> Fusion.byWords(candidates);
            case VECTOR -> Fusion.byVector(candidates);
            case HYBRID -> query.fusion().fuse(candidates, depth);
        };
    }

    /**
     * How many documents match, as far as the candidates tell; null if the query does not ask. Every vector is more or less near to another one.
     *
     * @param alike candidates that are similar enough
     */
    public @Nullable Total total(Candidates alike) {
        if (!query.page().hasTotal()) {
            return null;
        }
        Long matching = alike.matching();
        return query.mode() == SearchMode.KEYWORD && matching != null && hidden.isEmpty()
                ? new Total(matching, true)
                : new Total(Math.max(matching == null ? 0 : matching, alike.documents()), false);
    }

    /** The candidates without those that the query does not find similar enough, and without those that are no hits. */
    public Candidates alike(Candidates candidates) {
        Double least = query.minSimilarity();
        Candidates shown = candidates.without(hidden);
        return least == null ? shown : shown.withSimilarityOf(least);
    }

    /**
     * What makes similarities comparable: those of two plans are if they have the same. A vector that the client sends is one of the model of
     * every collection that it is sent to. Null without a vector.
     */
    public @Nullable EmbeddingSettings space() {
        if (vector == null) {
            return null;
        }
        EmbeddingSettings made = set.embedding();
        return query.vector() == null
                ? made
                : new EmbeddingSettings(EmbeddingSettings.NONE, made.dimensions(), made.metric());
    }
}
