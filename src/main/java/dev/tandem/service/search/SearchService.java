package dev.tandem.service.search;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.SearchText;
import dev.tandem.embedding.Embedders;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.repository.CollectionRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds documents by keyword search, vector search, or both. */
@ApplicationScoped
public class SearchService {

    private static final String VECTORS_AWAY =
            "The vector search is away at the moment; these are the hits of the keyword search alone.";

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final SearchFactory factory;
    private final SequenceWait sequenceWait;
    private final SearchedSets searchedSets;
    private final Embedders embedders;
    private final SearchRounds rounds;

    SearchService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            SearchFactory factory,
            SequenceWait sequenceWait,
            SearchedSets searchedSets,
            Embedders embedders,
            SearchRounds rounds) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.factory = factory;
        this.sequenceWait = sequenceWait;
        this.searchedSets = searchedSets;
        this.embedders = embedders;
        this.rounds = rounds;
    }

    /**
     * Runs a search on what a scope has of a collection.
     *
     * <p>Fails with {@link Refusal.Unavailable} if the index does not reach the requested sequence in time. If the search uses vectors of a
     * model, these must be visible too.
     */
    public Uni<SearchResult> search(String collection, Scope scope, SearchDraft draft) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> {
            SearchQuery query = factory.create(owner, scope, draft);
            return sequenceWait.of(owner, query).chain(() -> answer(owner, query));
        });
    }

    private Uni<SearchResult> answer(Collection owner, SearchQuery query) {
        return searchedSets.of(owner, query).chain(set -> answer(owner, set, query));
    }

    private Uni<SearchResult> answer(Collection owner, VectorSet set, SearchQuery query) {
        Uni<SearchResult> whole = plan(owner, set, query).chain(rounds::answer);
        return query.degrade() && query.mode() == SearchMode.HYBRID
                ? whole.onFailure(Refusal.Unavailable.class)
                        .recoverWithUni(failure -> rounds.answer(new SearchPlan(owner, set, query.byWords(), null))
                                .map(words -> words.withWarning(VECTORS_AWAY)))
                : whole;
    }

    /** The query with its vector, if the search needs one: the vector that the client sent, or else the embedding of the text. */
    private Uni<SearchPlan> plan(Collection owner, VectorSet set, SearchQuery query) {
        if (!query.mode().usesVectors()) {
            return Uni.createFrom().item(new SearchPlan(owner, set, query, null));
        }
        SearchText text = query.text();
        if (query.vector() != null || text == null) {
            return Uni.createFrom().item(new SearchPlan(owner, set, query, query.vector()));
        }
        return embedders.query(set.embedding(), text.wanted()).map(vector -> new SearchPlan(owner, set, query, vector));
    }
}
