package dev.tandem.service.search;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.repository.CollectionLookup;
import dev.tandem.service.search.rerank.Reranking;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BiFunction;

/** Finds documents by keyword search, vector search, or both. */
@ApplicationScoped
public class SearchService {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** What the answer to a hybrid search without its vector search warns of. */
    public static final String VECTORS_AWAY =
            "The vector search is away at the moment; these are the hits of the keyword search alone.";

    private final CollectionLookup collections;
    private final SearchFactory factory;
    private final SequenceWait sequenceWait;
    private final SearchPlans plans;
    private final OrderedRounds rounds;
    private final Reranking reranking;
    private final SearchConfig config;

    SearchService(
            CollectionLookup collections,
            SearchFactory factory,
            SequenceWait sequenceWait,
            SearchPlans plans,
            OrderedRounds rounds,
            Reranking reranking,
            SearchConfig config) {
        this.collections = collections;
        this.factory = factory;
        this.sequenceWait = sequenceWait;
        this.plans = plans;
        this.rounds = rounds;
        this.reranking = reranking;
        this.config = config;
    }

    /**
     * Runs a search on what a scope has of a collection.
     *
     * <p>Fails with {@link Refusal.Unavailable} if the index does not reach the requested sequence in time. If the search uses vectors of a
     * model, these must be visible too. It fails so, too, when it takes too long, whatever it is waiting for then.
     */
    public Uni<SearchResult> search(String collection, Scope scope, SearchDraft draft) {
        return search(collection, scope, draft, this::answer);
    }

    /** The same, answered in another way. */
    public Uni<SearchResult> search(
            String collection,
            Scope scope,
            SearchDraft draft,
            BiFunction<Collection, SearchQuery, Uni<SearchResult>> answer) {
        return within(
                config.deadline(),
                collections.get(collection).chain(owner -> answer.apply(owner, query(owner, scope, draft))));
    }

    /** The same in a collection that has been read already, for as long as that. */
    Uni<SearchResult> search(Collection owner, Scope scope, SearchDraft draft, Duration atMost) {
        return atMost.isPositive()
                ? within(atMost, Uni.createFrom().deferred(() -> answer(owner, query(owner, scope, draft))))
                : Uni.createFrom().failure(SearchService::tooSlow);
    }

    /** The search, which fails with {@link Refusal.Unavailable} if it takes longer than that. */
    public static <T> Uni<T> within(Duration atMost, Uni<T> search) {
        return CallerContext.keep(search.ifNoItem().after(atMost).failWith(SearchService::tooSlow));
    }

    private static Refusal tooSlow() {
        return new Refusal.Unavailable(
                "search.timeout", "The search took too long. Try again, or ask for less.", RETRY_AFTER);
    }

    private SearchQuery query(Collection owner, Scope scope, SearchDraft draft) {
        return factory.create(owner, scope, draft, reranking.names());
    }

    private Uni<SearchResult> answer(Collection owner, SearchQuery query) {
        return sequenceWait.of(owner, query).chain(() -> plans.answer(owner, query, rounds::answer));
    }
}
