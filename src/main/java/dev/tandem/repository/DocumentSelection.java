package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.panache.common.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Selects documents of a collection. Its conditions are constants, and every value is a parameter. */
final class DocumentSelection {

    private static final String OF_COLLECTION = "collectionId = :collection";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private DocumentSelection(UUID collectionId) {
        conditions.add(OF_COLLECTION);
        parameters.put("collection", collectionId);
    }

    /** All documents that match. None that has expired does. */
    static DocumentSelection matching(UUID collectionId, Filter filter) {
        DocumentSelection selection = new DocumentSelection(collectionId);
        selection.conditions.add(Expiry.AHEAD.hql());
        if (!filter.equals(Filter.EVERYTHING)) {
            SqlCondition matching = FilterCondition.of(filter);
            selection.conditions.add(matching.hql());
            selection.parameters.putAll(matching.parameters());
        }
        return selection;
    }

    /** The documents that match, from the beginning of a page on. */
    static DocumentSelection of(UUID collectionId, DocumentQuery query, IndexedOrder order) {
        DocumentSelection selection = matching(collectionId, query.filter());
        Keyset.Entry place = query.from().entry();
        if (place != null) {
            selection.conditions.add(beyond(order.by(), isDescending(query, order)));
            selection.parameters.put("value", order.value(place));
            selection.parameters.put("id", place.id());
        }
        return selection;
    }

    /** The documents that match, after one id and up to another. */
    static DocumentSelection between(UUID collectionId, Filter filter, UUID after, UUID until) {
        return matching(collectionId, filter).between(after, until);
    }

    /** All rows after one id and up to another, also of documents that have expired: indexes follow the rows. */
    static DocumentSelection rowsBetween(UUID collectionId, UUID after, UUID until) {
        return new DocumentSelection(collectionId).between(after, until);
    }

    private DocumentSelection between(UUID after, UUID until) {
        conditions.add("id > :after and id <= :until");
        parameters.put("after", after);
        parameters.put("until", until);
        return this;
    }

    /** The document with this key, if it matches. */
    static DocumentSelection withKey(UUID collectionId, Filter filter, String key) {
        DocumentSelection selection = matching(collectionId, filter);
        selection.conditions.add("key = :key");
        selection.parameters.put("key", key);
        return selection;
    }

    /** The documents among these that match. */
    static DocumentSelection among(UUID collectionId, Filter filter, List<UUID> ids) {
        DocumentSelection selection = matching(collectionId, filter);
        selection.conditions.add(Among.hql("id", ":ids", ids));
        selection.parameters.put("ids", Among.value(ids));
        return selection;
    }

    PanacheQuery<DocumentEntity> find() {
        return DocumentEntity.find(condition(), parameters);
    }

    PanacheQuery<DocumentEntity> find(Sort sort) {
        return DocumentEntity.find(condition(), sort, parameters);
    }

    PanacheQuery<DocumentEntity> findFirst(int count, String order) {
        return DocumentEntity.find(first(count, order), parameters);
    }

    /** The condition with an order and a limit, which is no parameter, for the reason that {@link PageLookup} has. */
    String first(int count, String order) {
        return condition() + " order by " + order + " limit " + count;
    }

    String condition() {
        return String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** The order of a page, read from its place on. */
    static String order(DocumentQuery query, IndexedOrder order) {
        String direction = isDescending(query, order) ? " desc" : "";
        String first = order.by().property() + direction;
        return order.by() == DocumentField.ID ? first : first + ", id" + direction;
    }

    private static boolean isDescending(DocumentQuery query, IndexedOrder order) {
        return order.descending() != query.from().isBackwards();
    }

    private static String beyond(DocumentField by, boolean descending) {
        return switch (by) {
            case CREATED_AT -> descending ? "(createdAt, id) < (:value, :id)" : "(createdAt, id) > (:value, :id)";
            case UPDATED_AT -> descending ? "(updatedAt, id) < (:value, :id)" : "(updatedAt, id) > (:value, :id)";
            case KEY -> descending ? "(key, id) < (:value, :id)" : "(key, id) > (:value, :id)";
            case ID -> descending ? "(id, id) < (:value, :id)" : "(id, id) > (:value, :id)";
            case TITLE, VERSION -> throw new IllegalArgumentException(by + " has no index");
        };
    }
}
