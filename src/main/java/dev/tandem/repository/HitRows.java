package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the rows of documents that a search has found, and their sizes. Contents that a search needs nothing of stay in PostgreSQL, and count
 * nothing: they are most of what rows are. It needs a session.
 */
@Singleton
class HitRows {

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);

    static final String NAMES_WITHOUT_CONTENT = COLUMNS.namesInWithout("content", "document");

    private static final String WITHOUT_CONTENT = """
            select %s from document
            where collection_id = :collection and id = any(cast(:ids as uuid[])) and %s and\s
            """.formatted(NAMES_WITHOUT_CONTENT, Expiry.AHEAD.sql());

    private static final String SIZES_WITHOUT_CONTENT = """
            select id, cast(%s as bigint) from document where id = any(cast(:ids as uuid[]))
            """.formatted(DocumentSizes.SIZE_BESIDE_CONTENT);

    private final DocumentRepository documents;
    private final DocumentPages pages;
    private final DocumentRows rows;

    HitRows(DocumentRepository documents, DocumentPages pages, DocumentRows rows) {
        this.documents = documents;
        this.pages = pages;
        this.rows = rows;
    }

    /**
     * Those of these documents that exist and match, in no order.
     *
     * @param withContents whether their contents are read; otherwise they seem to have none
     */
    Uni<List<Document>> matching(UUID collectionId, Filter filter, List<UUID> ids, boolean withContents) {
        // PostgreSQL asks the filter: of long texts, that would take too long for an event loop.
        return withContents
                ? pages.matching(collectionId, Scope.EVERYTHING, filter, ids)
                : rows.all(withoutContents(collectionId, filter, ids));
    }

    private static Uni<List<DocumentEntity>> withoutContents(UUID collectionId, Filter filter, List<UUID> ids) {
        SqlCondition matching = filter.equals(Filter.EVERYTHING) ? SqlCondition.TRUE : FilterCondition.of(filter);
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(WITHOUT_CONTENT + matching.sql(), DocumentEntity.class);
            matching.parameters().forEach(query::setParameter);
            return query.setParameter("collection", collectionId)
                    .setParameter("ids", ids.toArray(UUID[]::new))
                    .getResultList();
        });
    }

    /** The sizes of the existing documents among these, in bytes, with their contents or without. */
    Uni<Map<UUID, Long>> sizes(List<UUID> ids, boolean withContents) {
        return withContents
                ? documents.sizes(ids)
                : Panache.getSession()
                        .chain(session -> session.createNativeQuery(SIZES_WITHOUT_CONTENT, Object[].class)
                                .setParameter("ids", ids.toArray(UUID[]::new))
                                .getResultList())
                        .map(found -> DocumentRows.sizes(found).stream()
                                .collect(toMap(DocumentSize::id, DocumentSize::bytes)));
    }
}
