package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Filter;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads a page of a collection's documents in one statement, outside of any block of work. {@link DocumentPages} reads the pages that a block
 * needs.
 */
@Singleton
public class PageLookup {

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);
    private static final String FITS = "fits";

    /**
     * The rows in their order, until they are too large together. One row too many shows that another page follows.
     *
     * <p>The arguments are the condition, the order, and the limit. It is no parameter, because a plan for an unknown limit is made for a tenth of
     * all that match: it seems so cheap that PostgreSQL keeps it, and then reads a whole collection for a filter that an index could answer.
     */
    private static final String FIND = """
            select %1$s, total <= %2$d as %3$s from (
                select *, row_number() over ordered as place, sum(size) over ordered as total
                from (select %1$s, %4$s as size from document where %%1$s order by %%2$s limit %%3$d) as document
                window ordered as (order by %%2$s rows unbounded preceding)) as document
            where place <= %5$d + 1 or total - size <= %2$d
            order by %%2$s
            """.formatted(
                    COLUMNS.namesIn("document"),
                    DocumentPages.LARGEST_PAGE,
                    FITS,
                    DocumentSizes.SIZE,
                    DocumentPages.SMALL_PAGE);

    /** The same for an order that no index has: first only the ids, which are the argument. */
    private static final String FIND_SORTED = """
            select %1$s, total <= %2$d as %3$s from (
                select *, sum(size) over ordered as total
                from (select %1$s, %4$s as size, sorted.place
                      from unnest%%s with ordinality as sorted (id, place) join document on document.id = sorted.id) as document
                window ordered as (order by place rows unbounded preceding)) as document
            where place <= %5$d + 1 or total - size <= %2$d
            order by place
            """.formatted(
                    COLUMNS.namesIn("document"),
                    DocumentPages.LARGEST_PAGE,
                    FITS,
                    DocumentSizes.SIZE,
                    DocumentPages.SMALL_PAGE);

    private static final String OF_COLLECTION = "collection_id = $1 and " + Expiry.AHEAD.sql();

    private final UnitOfWork unitOfWork;
    private final DocumentMapper mapper;
    private final MetadataIndexLookup indexes;

    PageLookup(UnitOfWork unitOfWork, DocumentMapper mapper, MetadataIndexLookup indexes) {
        this.indexes = indexes;
        this.unitOfWork = unitOfWork;
        this.mapper = mapper;
    }

    /** A page that is not counted. It is shorter than its limit if the documents are large. */
    public Uni<Page<Document>> page(Collection owner, DocumentQuery query) {
        IndexedOrder order = IndexedOrder.of(query.order());
        return order == null ? sorted(owner, query) : indexed(owner.id(), query, order);
    }

    private Uni<Page<Document>> sorted(Collection owner, DocumentQuery query) {
        return indexes.ids(owner, query, query.limit() + 1).chain(ids -> sorted(ids, query));
    }

    private Uni<Page<Document>> sorted(SqlCondition ids, DocumentQuery query) {
        Tuple parameters = Tuple.tuple();
        ids.values().forEach(parameters::addValue);
        return unitOfWork
                .heavy()
                .statement(FIND_SORTED.formatted(ids.sql(1)), parameters, rows -> page(rows, query.limit()));
    }

    private Uni<Page<Document>> indexed(UUID collectionId, DocumentQuery query, IndexedOrder order) {
        StringBuilder condition = new StringBuilder(OF_COLLECTION);
        Tuple parameters = Tuple.of(collectionId);
        if (!query.filter().equals(Filter.EVERYTHING)) {
            SqlCondition matching = FilterCondition.of(query.filter());
            condition.append(" and ").append(matching.sql(parameters.size() + 1));
            matching.values().forEach(parameters::addValue);
        }
        Keyset.Entry place = query.from().entry();
        boolean descending = order.descending() != query.from().isBackwards();
        if (place != null) {
            condition.append(" and ").append(beyond(order, descending, parameters.size() + 1));
            parameters.addValue(value(order.value(place))).addUUID(place.id());
        }
        String statement = FIND.formatted(condition, sort(order, descending), query.limit() + 1);
        return unitOfWork.heavy().statement(statement, parameters, rows -> page(rows, query.limit()));
    }

    private Page<Document> page(RowSet<Row> rows, int limit) {
        List<Document> found = new ArrayList<>();
        int fitting = 0;
        for (Row row : rows) {
            found.add(mapper.toDomain(COLUMNS.read(row, new DocumentEntity())));
            fitting += row.getBoolean(FITS) ? 1 : 0;
        }
        return Page.of(found, Math.min(limit, Math.max(fitting, DocumentPages.SMALL_PAGE)));
    }

    private static String sort(IndexedOrder order, boolean descending) {
        String direction = descending ? " desc" : "";
        return order.column() + direction + ", id" + direction;
    }

    /** @param first the number of the first of the two parameters */
    private static String beyond(IndexedOrder order, boolean descending, int first) {
        return "(%s, id) %s ($%d, $%d)".formatted(order.column(), descending ? "<" : ">", first, first + 1);
    }

    private static Object value(Object value) {
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
    }
}
