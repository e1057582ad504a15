package dev.tandem.service.search.several;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.service.search.rerank.Reranking;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a query on each collection of one draft. */
@Singleton
class PartQueries {

    private final SearchFactory factory;
    private final Reranking reranking;

    PartQueries(SearchFactory factory, Reranking reranking) {
        this.factory = factory;
        this.reranking = reranking;
    }

    /** A query on what a scope has of a collection. */
    record Asked(Collection owner, SearchQuery query) {}

    /**
     * The queries, in the order of their collections.
     *
     * @throws Refusal.Malformed if the filter is not valid
     * @throws Refusal.Rejected naming every other broken rule; one that holds elsewhere names the collections in which it is broken
     */
    List<Asked> of(List<Collection> owners, Scope scope, SearchDraft draft) {
        List<Asked> asked = new ArrayList<>();
        Map<Violation, List<Collection>> broken = new LinkedHashMap<>();
        for (Collection owner : owners) {
            try {
                asked.add(new Asked(owner, factory.create(owner, scope, draft, reranking.names())));
            } catch (Refusal.Rejected refusal) {
                refusal.violations().forEach(violation -> broken.computeIfAbsent(violation, in -> new ArrayList<>())
                        .add(owner));
            }
        }
        if (!broken.isEmpty()) {
            throw new Refusal.Rejected(violations(owners, broken));
        }
        return asked;
    }

    private static List<Violation> violations(List<Collection> owners, Map<Violation, List<Collection>> broken) {
        List<Violation> violations = new ArrayList<>();
        broken.forEach((violation, in) -> {
            if (in.size() == owners.size()) {
                violations.add(violation);
            } else {
                in.forEach(owner -> violations.add(Naming.of(owner, violation)));
            }
        });
        return violations;
    }
}
