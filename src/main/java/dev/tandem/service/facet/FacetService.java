package dev.tandem.service.facet;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.facet.FacetCounts.Basis;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.factory.metadata.FacetDraft;
import dev.tandem.factory.metadata.FacetReader;
import dev.tandem.repository.CollectionLookup;
import dev.tandem.service.facet.FacetCounting.Counted;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts values of the documents that a filter matches. */
@ApplicationScoped
public class FacetService {

    private final CollectionLookup collections;
    private final FacetCounting counting;

    FacetService(CollectionLookup collections, FacetCounting counting) {
        this.collections = collections;
        this.counting = counting;
    }

    /**
     * The facets of what a scope has of a collection. Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection.
     *
     * @param filter null matches everything
     */
    public Uni<FacetCounts> count(
            String collection,
            Scope scope,
            @Nullable Map<String, @Nullable Object> filter,
            @Nullable Map<String, @Nullable FacetDraft> facets) {
        return collections.get(collection).chain(owner -> {
            FacetQuery query = FacetReader.create(owner, scope, filter, facets);
            return counting.count(owner.id(), query, new Counted(Map.of(), Basis.FILTER, true));
        });
    }
}
