package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts the documents of a collection that match a filter. */
final class DocumentCount {

    private static final String OF_COLLECTION = "collectionId = ?1";

    private static final String ESTIMATE =
            "explain (format json) select 1 from document where collection_id = :collection and ";

    private DocumentCount() {}

    /** Null where the query wants no count. */
    static Uni<@Nullable Long> of(UUID collectionId, DocumentQuery query) {
        return switch (query.count()) {
            case NONE -> Uni.createFrom().nullItem();
            case EXACT -> exact(collectionId, query.filter()).map(count -> count);
            case ESTIMATED -> estimate(collectionId, query.filter());
        };
    }

    static Uni<Long> exact(UUID collectionId, Filter filter) {
        if (filter.equals(Filter.EVERYTHING)) {
            // Both counts need an index only, which the condition would prevent.
            return DocumentEntity.count(OF_COLLECTION, collectionId)
                    .chain(rows -> DocumentEntity.count(OF_COLLECTION + " and " + Expiry.OVER.hql(), collectionId)
                            .map(expired -> rows - expired));
        }
        DocumentSelection selection = DocumentSelection.matching(collectionId, filter);
        return DocumentEntity.count(selection.condition(), selection.parameters());
    }

    private static Uni<@Nullable Long> estimate(UUID collectionId, Filter filter) {
        return Panache.getSession()
                .chain(session -> {
                    SqlCondition matching =
                            filter.equals(Filter.EVERYTHING) ? SqlCondition.TRUE : FilterCondition.of(filter);
                    var query = session.createNativeQuery(ESTIMATE + matching.sql(), Object.class);
                    matching.parameters().forEach(query::setParameter);
                    return query.setParameter("collection", collectionId).getSingleResult();
                })
                .map(plan -> new JsonArray(plan.toString())
                        .getJsonObject(0)
                        .getJsonObject("Plan")
                        .getLong("Plan Rows"));
    }
}
