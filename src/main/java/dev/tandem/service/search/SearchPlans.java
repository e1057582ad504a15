package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.example.Examples;
import dev.tandem.embedding.Embedders;
import dev.tandem.service.search.SearchTimes.Stage;
import dev.tandem.service.search.example.ExampleVectors;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes a query ready for the index. */
@Singleton
public class SearchPlans {

    private final SearchedSets searchedSets;
    private final Embedders embedders;
    private final ExampleVectors exampleVectors;
    private final SearchTimes times;

    SearchPlans(SearchedSets searchedSets, Embedders embedders, ExampleVectors exampleVectors, SearchTimes times) {
        this.searchedSets = searchedSets;
        this.embedders = embedders;
        this.exampleVectors = exampleVectors;
        this.times = times;
    }

    /** The set of vectors whose index is asked. */
    public Uni<VectorSet> set(Collection owner, SearchQuery query) {
        return searchedSets.of(owner, query);
    }

    /**
     * The query with its vector, if the search needs one: the vector that the client sent, or that of its examples, or else the embedding of the
     * text.
     */
    private Uni<SearchPlan> of(Collection owner, VectorSet set, SearchQuery query) {
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
        Examples examples = query.examples();
        if (examples != null) {
            return times.of(Stage.EMBEDDING, exampleVectors.of(owner, set, examples))
                    .map(found -> new SearchPlan(owner, set, query, found.vector(), found.documents()));
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

    /**
     * What is made of the query with its vector; of its words alone, with a warning, if the vector search is away and these will do.
     *
     * @param answer is asked again in that case
     */
    public Uni<SearchResult> answer(
            Collection owner, SearchQuery query, Function<SearchPlan, Uni<SearchResult>> answer) {
        return set(owner, query).chain(set -> {
            Uni<SearchResult> whole = of(owner, set, query).chain(answer::apply);
            return query.mayDegrade()
                    ? whole.onFailure(Refusal.Unavailable.class).recoverWithUni(() -> degraded(owner, set, query)
                            .chain(answer::apply)
                            .map(words -> words.withWarning(SearchService.VECTORS_AWAY)))
                    : whole;
        });
    }

    /** The words of a hybrid query alone. Examples are no hits of these either. */
    private Uni<SearchPlan> degraded(Collection owner, VectorSet set, SearchQuery query) {
        SearchPlan words = words(owner, set, query.byWords());
        return query.examples() == null
                ? Uni.createFrom().item(words)
                : exampleVectors.documents(owner, query.examples()).map(words::hiding);
    }

    /**
     * The query for a further page of hits. It needs a vector only to choose passages.
     *
     * @param set whose index has found the hits
     */
    public Uni<SearchPlan> further(Collection owner, VectorSet set, SearchQuery query) {
        if (query.passages() == null) {
            return Uni.createFrom().item(words(owner, set, query));
        }
        Uni<SearchPlan> whole = of(owner, set, query);
        return query.degrade()
                ? whole.onFailure(Refusal.Unavailable.class).recoverWithItem(() -> words(owner, set, query))
                : whole;
    }

    /** The query without a vector. */
    private SearchPlan words(Collection owner, VectorSet set, SearchQuery query) {
        return new SearchPlan(owner, set, query, null);
    }
}
