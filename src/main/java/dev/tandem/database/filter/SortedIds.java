package dev.tandem.database.filter;

import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ids of a page as an array in SQL, for an order that no index has. PostgreSQL reads each document that the filter matches, so that only ids
 * and what orders them should be sorted; whoever has the ids reads the rest of the page.
 */
public final class SortedIds {

    private final DocumentQuery query;
    private final List<SortColumns> parts;

    private SortedIds(DocumentQuery query) {
        this.query = query;
        List<DocumentOrder.Part> order = query.order().parts();
        this.parts = IntStream.range(0, order.size())
                .mapToObj(number -> SortColumns.of(order.get(number), number))
                .toList();
    }

    /** @param limit how many ids at most */
    public static SqlCondition of(UUID collectionId, DocumentQuery query, int limit) {
        return new SortedIds(query).array(collectionId, limit);
    }

    private SqlCondition array(UUID collectionId, int limit) {
        StringBuilder template = new StringBuilder("array(select id from document");
        List<Object> arguments = new ArrayList<>();
        for (SortColumns part : parts) {
            if (part.join() != null) {
                template.append(' ').append(part.join().template());
                arguments.addAll(part.join().arguments());
            }
        }
        SqlCondition selection = selection(collectionId);
        template.append(" where ").append(selection.template());
        arguments.addAll(selection.arguments());
        template.append(" order by ").append(order()).append(" limit ?)");
        arguments.add(limit);
        return new SqlCondition(template.toString(), arguments);
    }

    private SqlCondition selection(UUID collectionId) {
        List<SqlCondition> all = new ArrayList<>();
        all.add(SqlCondition.of("collection_id = ?", collectionId));
        all.add(Expiry.AHEAD);
        if (!query.filter().equals(Filter.EVERYTHING)) {
            all.add(FilterCondition.of(query.filter()));
        }
        if (query.from().entry() != null) {
            all.add(beyond(query.from().entry()));
        }
        return SqlCondition.all(all);
    }

    /** Beyond the place by the first field, or equal in it and beyond by the next, and so on to the id. */
    private SqlCondition beyond(Keyset.Entry place) {
        SqlCondition beyond = SqlCondition.of(
                "id " + operator(query.order().descendingIds()) + " cast(cast(? as text) as uuid)",
                place.id().toString());
        for (int i = parts.size() - 1; i >= 0; i--) {
            SortColumns part = parts.get(i);
            var value = place.values().get(i);
            beyond = SqlCondition.any(List.of(
                    part.compared(operator(part.descending()), value),
                    SqlCondition.all(List.of(part.compared("=", value), beyond))));
        }
        return beyond;
    }

    private String operator(boolean descending) {
        return descending == query.from().isBackwards() ? ">" : "<";
    }

    private String order() {
        boolean isBackwards = query.from().isBackwards();
        String ids = query.order().descendingIds() == isBackwards ? "id" : "id desc";
        return parts.stream().map(part -> part.order(isBackwards)).collect(Collectors.joining(", ", "", ", " + ids));
    }
}
