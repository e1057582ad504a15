package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of a list: filtered, ordered, and from a place on. Its conditions are constants; every value is a parameter. */
@Singleton
class DocumentLists {

    private static final String OF_COLLECTION = "collectionId = :collection";
    private static final String MATCHING =
            "cast(sql('(? @@ cast(? as jsonpath))', metadata, :filter) as boolean) = true";

    private static final String SIZES =
            "select id, cast(sql('coalesce(octet_length(?), 0) + pg_column_size(?)', content, metadata) as long) from DocumentEntity where ";

    private static final String ESTIMATE =
            "explain (format json) select 1 from document where collection_id = :collection";
    private static final String FILTERED_ESTIMATE = """
            explain (format json) select 1 from document
            where collection_id = :collection and metadata @@ cast(cast(:filter as text) as jsonpath)
            """;

    /** The ids and sizes of these rows, in no order. */
    Uni<List<Object[]>> sizes(Collection<UUID> ids) {
        return DocumentEntity.find(SIZES + "id in ?1", List.copyOf(ids))
                .project(Object[].class)
                .list();
    }

    /** The ids and sizes of the rows of a page. */
    Uni<List<Object[]>> sizes(UUID collectionId, DocumentQuery query) {
        Selection selection = Selection.of(collectionId, query);
        return DocumentEntity.find(SIZES + selection.condition(), sort(query.order()), selection.parameters)
                .page(0, query.limit())
                .project(Object[].class)
                .list();
    }

    /** One row more than asked for, if there is one: that is how a page knows whether another follows. */
    Uni<List<DocumentEntity>> rows(UUID collectionId, DocumentQuery query) {
        Selection selection = Selection.of(collectionId, query);
        return DocumentEntity.<DocumentEntity>find(selection.condition(), sort(query.order()), selection.parameters)
                .page(0, query.limit() + 1)
                .list();
    }

    /** The first rows by id that match, behind one id and up to another: their ids and sizes. */
    Uni<List<Object[]>> sizes(UUID collectionId, Filter filter, UUID after, UUID until, int limit) {
        Selection selection = Selection.between(collectionId, filter, after, until);
        return DocumentEntity.find(SIZES + selection.condition(), Sort.by("id"), selection.parameters)
                .page(0, limit)
                .project(Object[].class)
                .list();
    }

    /** Those of these rows that match, locked as they match. */
    Uni<List<DocumentEntity>> locked(UUID collectionId, Filter filter, List<UUID> ids) {
        Selection selection = new Selection(collectionId, filter);
        selection.add("id in :ids");
        selection.parameters.put("ids", ids);
        return DocumentEntity.<DocumentEntity>find(selection.condition(), Sort.by("id"), selection.parameters)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** How many rows match in all. */
    Uni<Long> count(UUID collectionId, Filter filter) {
        Selection selection = new Selection(collectionId, filter);
        return DocumentEntity.count(selection.condition(), selection.parameters);
    }

    /** How many rows match in all; null where nobody asked. */
    Uni<@Nullable Long> count(UUID collectionId, DocumentQuery query) {
        return switch (query.count()) {
            case NONE -> Uni.createFrom().nullItem();
            case EXACT -> count(collectionId, query.filter()).map(count -> count);
            case ESTIMATED -> estimate(collectionId, query.filter());
        };
    }

    private static Uni<@Nullable Long> estimate(UUID collectionId, Filter filter) {
        return Panache.getSession()
                .chain(session -> {
                    var query = filter.equals(Filter.EVERYTHING)
                            ? session.createNativeQuery(ESTIMATE, Object.class)
                            : session.createNativeQuery(FILTERED_ESTIMATE, Object.class)
                                    .setParameter("filter", JsonPathFilter.of(filter));
                    return query.setParameter("collection", collectionId).getSingleResult();
                })
                .map(plan -> new JsonArray(plan.toString())
                        .getJsonObject(0)
                        .getJsonObject("Plan")
                        .getLong("Plan Rows"));
    }

    private static String behind(DocumentOrder order) {
        return switch (order.by()) {
            case CREATED_AT ->
                order.descending() ? "(createdAt, id) < (:value, :id)" : "(createdAt, id) > (:value, :id)";
            case UPDATED_AT ->
                order.descending() ? "(updatedAt, id) < (:value, :id)" : "(updatedAt, id) > (:value, :id)";
            case KEY -> order.descending() ? "(key, id) < (:value, :id)" : "(key, id) > (:value, :id)";
            case ID -> order.descending() ? "(id, id) < (:value, :id)" : "(id, id) > (:value, :id)";
        };
    }

    private static Sort sort(DocumentOrder order) {
        Sort.Direction direction = order.descending() ? Sort.Direction.Descending : Sort.Direction.Ascending;
        Sort sort = Sort.by(order.by().property(), direction);
        return order.by() == DocumentOrder.Field.ID ? sort : sort.and("id", direction);
    }

    /** The conditions that page and count share, with the values of their parameters. */
    private static final class Selection {

        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> parameters = new HashMap<>();

        Selection(UUID collectionId, Filter filter) {
            add(OF_COLLECTION);
            parameters.put("collection", collectionId);
            if (!filter.equals(Filter.EVERYTHING)) {
                add(MATCHING);
                parameters.put("filter", JsonPathFilter.of(filter));
            }
        }

        static Selection of(UUID collectionId, DocumentQuery query) {
            Selection selection = new Selection(collectionId, query.filter());
            if (query.after() != null) {
                selection.add(behind(query.order()));
                selection.parameters.put("value", query.after().value());
                selection.parameters.put("id", query.after().id());
            }
            return selection;
        }

        static Selection between(UUID collectionId, Filter filter, UUID after, UUID until) {
            Selection selection = new Selection(collectionId, filter);
            selection.add("id > :after and id <= :until");
            selection.parameters.put("after", after);
            selection.parameters.put("until", until);
            return selection;
        }

        void add(String condition) {
            conditions.add(condition);
        }

        String condition() {
            return String.join(" and ", conditions);
        }
    }
}
