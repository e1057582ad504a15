package dev.tandem.database.filter;

import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The same ids as {@link SortedIds} for an order by one field that has a declared index. PostgreSQL walks along the index, and reads only the
 * documents of the page and those on the way that the filter leaves out. The limit is no parameter: PostgreSQL has to know it to see how much of a walk that is.
 *
 * <p>What has no value comes last in both directions. So there are two walks, one behind the other: along the values in the direction of the
 * order, and along the ids of the documents without one.
 */
public final class DeclaredIds {

    private static final String WALK = "(select document.id, %d as phase, rank, number, text"
            + " from metadata_value join document on document.id = metadata_value.document_id where ";

    private final SqlCondition selection;
    private final SortColumns columns;
    private final Keyset from;
    private final int limit;

    private DeclaredIds(SqlCondition selection, DocumentQuery query, int limit) {
        this.selection = selection;
        this.columns = SortColumns.stored(query.order().descendingIds());
        this.from = query.from();
        this.limit = limit;
    }

    /**
     * @param index the number of the index, which must have all documents of the collection
     * @param limit how many ids at most
     */
    public static SqlCondition of(long index, UUID collectionId, DocumentQuery query, int limit) {
        List<SqlCondition> all = new ArrayList<>();
        all.add(SqlCondition.of("index_number = ?", index));
        all.add(SqlCondition.of("collection_id = ?", collectionId));
        all.add(Expiry.AHEAD);
        if (!query.filter().equals(Filter.EVERYTHING)) {
            all.add(FilterCondition.of(query.filter()));
        }
        return new DeclaredIds(SqlCondition.all(all), query, limit).array();
    }

    private SqlCondition array() {
        List<SqlCondition> walks = new ArrayList<>();
        Keyset.Entry amongValues = place(true);
        Keyset.Entry behindValues = place(false);
        if (behindValues == null || from.isBackwards()) {
            SqlCondition beyond = amongValues == null ? SqlCondition.TRUE : beyond(amongValues);
            walks.add(walk(0, "rank < ?", beyond, order("document_id")));
        }
        if (amongValues == null || !from.isBackwards()) {
            SqlCondition beyond = behindValues == null ? SqlCondition.TRUE : beyondId(behindValues);
            walks.add(walk(1, "rank = ?", beyond, id("document_id")));
        }
        List<Object> arguments = walks.stream()
                .map(SqlCondition::arguments)
                .flatMap(Collection::stream)
                .toList();
        String template = String.join(
                " union all ", walks.stream().map(SqlCondition::template).toList());
        String phase = from.isBackwards() ? "phase desc, " : "phase, ";
        return new SqlCondition(
                "array(select id from (" + template + ") as found order by " + phase + order("id") + " limit " + limit
                        + ")",
                arguments);
    }

    /** The place that the page begins beside, if its document has a value, or has none. */
    private Keyset.@Nullable Entry place(boolean hasValue) {
        Keyset.Entry place = from.entry();
        return place != null && (place.values().getFirst().value() != null) == hasValue ? place : null;
    }

    private SqlCondition walk(int phase, String ranks, SqlCondition beyond, String order) {
        SqlCondition all = SqlCondition.all(List.of(selection, SqlCondition.of(ranks, SortColumns.NONE), beyond));
        return new SqlCondition(
                WALK.formatted(phase) + all.template() + " order by " + order + " limit " + limit + ")",
                all.arguments());
    }

    /** One comparison of rows, which PostgreSQL looks up in the index. */
    private SqlCondition beyond(Keyset.Entry place) {
        List<Object> arguments =
                new ArrayList<>(columns.arguments(place.values().getFirst().value()));
        arguments.add(place.id().toString());
        return new SqlCondition(
                "(" + String.join(", ", columns.columns()) + ", document_id) " + operator() + " ("
                        + String.join(", ", columns.parameters()) + ", cast(cast(? as text) as uuid))",
                arguments);
    }

    private SqlCondition beyondId(Keyset.Entry place) {
        return SqlCondition.of(
                "document_id " + operator() + " cast(cast(? as text) as uuid)",
                place.id().toString());
    }

    private String operator() {
        return isDescending() ? "<" : ">";
    }

    private boolean isDescending() {
        return columns.descending() != from.isBackwards();
    }

    private String order(String id) {
        return columns.order(from.isBackwards()) + ", " + id(id);
    }

    private String id(String column) {
        return isDescending() ? column + " desc" : column;
    }
}
