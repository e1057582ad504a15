package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentOrder;
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
     * <p>The arguments are the condition, the order, and the parameter with the limit.
     */
    private static final String FIND = """
            select %1$s, total <= %2$d as %3$s from (
                select *, row_number() over ordered as place, sum(size) over ordered as total
                from (select %1$s, %4$s as size from document where %%1$s order by %%2$s limit %%3$s) as document
                window ordered as (order by %%2$s rows unbounded preceding)) as document
            where place <= %5$d + 1 or total - size <= %2$d
            order by place
            """.formatted(
                    COLUMNS.namesIn("document"),
                    DocumentPages.LARGEST_PAGE,
                    FITS,
                    DocumentSizes.SIZE,
                    DocumentPages.SMALL_PAGE);

    private static final String OF_COLLECTION = "collection_id = $1";

    private final UnitOfWork unitOfWork;
    private final DocumentMapper mapper;

    PageLookup(UnitOfWork unitOfWork, DocumentMapper mapper) {
        this.unitOfWork = unitOfWork;
        this.mapper = mapper;
    }

    /** A page that is not counted. It is shorter than its limit if the documents are large. */
    public Uni<Page<Document>> page(UUID collectionId, DocumentQuery query) {
        StringBuilder condition = new StringBuilder(OF_COLLECTION);
        Tuple parameters = Tuple.of(collectionId);
        if (!query.filter().equals(Filter.EVERYTHING)) {
            SqlCondition matching = FilterCondition.of(query.filter());
            condition.append(" and ").append(matching.sql(parameters.size() + 1));
            matching.values().forEach(parameters::addValue);
        }
        Keyset after = query.after();
        if (after != null) {
            condition.append(" and ").append(behind(query.order(), parameters.size() + 1));
            parameters.addValue(value(after)).addUUID(after.id());
        }
        parameters.addInteger(query.limit() + 1);
        String statement = FIND.formatted(condition, sort(query.order()), "$" + parameters.size());
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

    private static String sort(DocumentOrder order) {
        String direction = order.descending() ? " desc" : "";
        return column(order) + direction + ", id" + direction;
    }

    /** @param first the number of the first of the two parameters */
    private static String behind(DocumentOrder order, int first) {
        return "(%s, id) %s ($%d, $%d)".formatted(column(order), order.descending() ? "<" : ">", first, first + 1);
    }

    private static String column(DocumentOrder order) {
        return switch (order.by()) {
            case CREATED_AT -> "created_at";
            case UPDATED_AT -> "updated_at";
            case KEY -> "key";
            case ID -> "id";
        };
    }

    private static Object value(Keyset after) {
        return after.value() instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : after.value();
    }
}
