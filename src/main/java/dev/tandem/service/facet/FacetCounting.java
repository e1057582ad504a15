package dev.tandem.service.facet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.advice.UsedFields;
import dev.tandem.domain.facet.Facet;
import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.facet.FacetCounts.Basis;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.FacetResult;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.repository.FacetRepository;
import dev.tandem.service.advice.FieldUses;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts in the rows, one facet after the other, all of one state of the rows. */
@Singleton
class FacetCounting {

    private static final String TOO_MANY = "facets.too_many_documents";

    private final UnitOfWork unitOfWork;
    private final FacetRepository facets;
    private final FacetConfig config;
    private final FieldUses uses;

    FacetCounting(UnitOfWork unitOfWork, FacetRepository facets, FacetConfig config, FieldUses uses) {
        this.unitOfWork = unitOfWork;
        this.facets = facets;
        this.config = config;
        this.uses = uses;
    }

    /**
     * Which documents are counted.
     *
     * @param filters what is asked of the rows for each filter of the query that the index has answered
     * @param isExact whether these are all documents that are meant
     */
    record Counted(Map<Filter, Filter> filters, Basis basis, boolean isExact) {}

    /** Fails with {@link Refusal.Rejected} if there are more documents than can be counted, or more parts of a calendar. */
    Uni<FacetCounts> count(UUID collectionId, FacetQuery query, Counted counted) {
        UsedFields fields = counted.filters().isEmpty() ? UsedFields.of(query.filters()) : UsedFields.NONE;
        return unitOfWork.heavy().readOneState(() -> facets.prepare()
                .chain(() -> uses.counted(collectionId, fields, counts(collectionId, query, counted))));
    }

    private Uni<FacetCounts> counts(UUID collectionId, FacetQuery query, Counted counted) {
        return documents(collectionId, query, counted).chain(documents -> results(collectionId, query, counted)
                .map(results -> new FacetCounts(documents, counted.basis(), counted.isExact(), results)));
    }

    /** How many documents the query's own filter matches, which is the first. None may match too many. */
    private Uni<Long> documents(UUID collectionId, FacetQuery query, Counted counted) {
        return Multi.createFrom()
                .iterable(query.filters())
                .onItem()
                .transformToUniAndConcatenate(
                        filter -> facets.documents(collectionId, asked(counted, filter), config.documents() + 1)
                                .invoke(documents -> refuseMany(documents, query, filter)))
                .collect()
                .asList()
                .map(List::getFirst);
    }

    private void refuseMany(long documents, FacetQuery query, Filter filter) {
        if (documents <= config.documents()) {
            return;
        }
        String most = "Facets count up to " + config.documents() + " documents, and ";
        if (filter.equals(query.filter())) {
            throw new Refusal.Rejected(
                    "/filter", TOO_MANY, most + "here are more of them. Ask with a filter that matches fewer.");
        }
        // Any other filter is the one without a facet's own conditions.
        String name = query.facets().stream()
                .filter(facet -> facet.filter().equals(filter))
                .findFirst()
                .orElseThrow()
                .name();
        throw new Refusal.Rejected(
                "/facets/" + Violation.escape(name) + "/withoutOwn",
                TOO_MANY,
                most
                        + "more match without what the filter says of this field. Narrow the filter by another field, or leave out withoutOwn.");
    }

    private Uni<Map<String, FacetResult>> results(UUID collectionId, FacetQuery query, Counted counted) {
        return Multi.createFrom()
                .iterable(query.facets())
                .onItem()
                .transformToUniAndConcatenate(
                        facet -> facets.count(collectionId, facet, asked(counted, facet.filter())))
                .collect()
                .asList()
                .map(results -> named(query.facets(), results));
    }

    private static Filter asked(Counted counted, Filter filter) {
        return counted.filters().getOrDefault(filter, filter);
    }

    private static Map<String, FacetResult> named(List<Facet> asked, List<FacetResult> results) {
        Map<String, FacetResult> named = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            named.put(asked.get(i).name(), results.get(i));
        }
        return named;
    }
}
