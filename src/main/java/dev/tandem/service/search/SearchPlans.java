package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchText;
import dev.tandem.embedding.Embedders;
import dev.tandem.service.search.SearchTimes.Stage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;

/** Makes a query ready for the index. */
@Singleton
public class SearchPlans {

    private final SearchedSets searchedSets;
    private final Embedders embedders;
    private final SearchTimes times;

    SearchPlans(SearchedSets searchedSets, Embedders embedders, SearchTimes times) {
        this.searchedSets = searchedSets;
        this.embedders = embedders;
        this.times = times;
    }

    /** The set of vectors whose index is asked. */
    public Uni<VectorSet> set(Collection owner, SearchQuery query) {
        return searchedSets.of(owner, query);
    }

    /** The query with its vector, if the search needs one: the vector that the client sent, or else the embedding of the text. */
    Uni<SearchPlan> of(Collection owner, VectorSet set, SearchQuery query) {
        return of(owner, set, query, this::embedded);
    }

    /**
     * The same, for a query that several collections share.
     *
     * @param vectors gives the embedding of a text
     */
    public Uni<SearchPlan> of(
            Collection owner,
            VectorSet set,
            SearchQuery query,
            BiFunction<EmbeddingSettings, SearchText, Uni<Vector>> vectors) {
        SearchText text = query.text();
        if (!query.mode().usesVectors()) {
            return Uni.createFrom().item(words(owner, set, query));
        }
        if (query.vector() != null || text == null) {
            return Uni.createFrom().item(new SearchPlan(owner, set, query, query.vector()));
        }
        return vectors.apply(set.embedding(), text).map(vector -> new SearchPlan(owner, set, query, vector));
    }

    /** The vector of what a text asks for. */
    public Uni<Vector> embedded(EmbeddingSettings settings, SearchText text) {
        return times.of(Stage.EMBEDDING, embedders.query(settings, text.wanted()));
    }

    /** The query without a vector. */
    SearchPlan words(Collection owner, VectorSet set, SearchQuery query) {
        return new SearchPlan(owner, set, query, null);
    }
}
