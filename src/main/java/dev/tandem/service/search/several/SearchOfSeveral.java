package dev.tandem.service.search.several;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.several.MergedResult;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchedCollections;
import dev.tandem.repository.CollectionLookup;
import dev.tandem.service.search.SearchConfig;
import dev.tandem.service.search.SearchPlan;
import dev.tandem.service.search.SearchPlans;
import dev.tandem.service.search.SearchService;
import dev.tandem.service.search.SequenceWait;
import dev.tandem.service.search.several.PartQueries.Asked;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds documents of several collections in one search. */
@ApplicationScoped
public class SearchOfSeveral {

    private final CollectionLookup collections;
    private final PartQueries queries;
    private final SequenceWait sequenceWait;
    private final SearchPlans plans;
    private final MergedAnswers answers;
    private final SearchConfig config;

    SearchOfSeveral(
            CollectionLookup collections,
            PartQueries queries,
            SequenceWait sequenceWait,
            SearchPlans plans,
            MergedAnswers answers,
            SearchConfig config) {
        this.collections = collections;
        this.queries = queries;
        this.sequenceWait = sequenceWait;
        this.plans = plans;
        this.answers = answers;
        this.config = config;
    }

    /**
     * Runs one search on what a scope has of each of these collections, within the time that a search of one may take.
     *
     * <p>Fails if it can't be answered in one of them, as a search of that one would: an answer without that collection would look complete.
     */
    public Uni<MergedResult> search(List<String> names, Scope scope, SearchDraft draft) {
        return SearchService.within(
                config.deadline(),
                Uni.join()
                        .all(names.stream().map(collections::get).toList())
                        .usingConcurrencyOf(MergedRounds.AT_ONCE)
                        .andFailFast()
                        .invoke(SearchedCollections::checkFound)
                        .map(owners -> queries.of(owners, scope, draft))
                        .chain(this::answer));
    }

    private Uni<MergedResult> answer(List<Asked> asked) {
        Map<EmbeddingSettings, Uni<Vector>> vectors = new ConcurrentHashMap<>();
        return Uni.join()
                .all(asked.stream().map(one -> part(one, vectors)).toList())
                .andFailFast()
                .chain(answers::answer);
    }

    /** @param vectors of the query, by how they are made, so that each is made once */
    private Uni<Part> part(Asked asked, Map<EmbeddingSettings, Uni<Vector>> vectors) {
        Collection owner = asked.owner();
        SearchQuery query = asked.query();
        return Naming.of(
                owner,
                sequenceWait
                        .of(owner, query)
                        .chain(() -> plans.set(owner, query))
                        .chain(set -> part(owner, set, query, vectors)));
    }

    private Uni<Part> part(
            Collection owner, VectorSet set, SearchQuery query, Map<EmbeddingSettings, Uni<Vector>> vectors) {
        return plans.of(
                        owner,
                        set,
                        query,
                        (settings, text) -> vectors.computeIfAbsent(
                                settings,
                                made -> plans.embedded(made, text).memoize().indefinitely()))
                .map(plan -> new Part(plan, false))
                .onFailure(failure -> failure instanceof Refusal.Unavailable && query.mayDegrade())
                .recoverWithItem(() -> new Part(new SearchPlan(owner, set, query, null), false).degraded());
    }
}
