package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.document.Document;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the documents of a few hits by their ids, in one statement and outside of any block of work. */
@Singleton
class HitLookup {

    /** More are read in a block, which can be cancelled. */
    static final int MOST = 50;

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);

    /** The arguments are the columns and the size of a row. */
    private static final String FIND = """
            select %%s from document
            where collection_id = $1 and id = any($2) and %s
              and (select sum(%%s) from document where collection_id = $1 and id = any($2)) <= cast($3 as bigint)
            """.formatted(Expiry.AHEAD.sql());

    private static final String FIND_WHOLE = FIND.formatted(COLUMNS.namesIn("document"), DocumentSizes.SIZE);
    private static final String FIND_WITHOUT_CONTENT =
            FIND.formatted(HitRows.NAMES_WITHOUT_CONTENT, DocumentSizes.SIZE_BESIDE_CONTENT);

    private final SingleReads reads;
    private final DocumentMapper mapper;

    HitLookup(SingleReads reads, DocumentMapper mapper) {
        this.reads = reads;
        this.mapper = mapper;
    }

    /**
     * Those of these documents that exist, by their ids; none if they are too large for one answer.
     *
     * @param withContents as {@link HitRows} means it
     */
    Uni<Map<UUID, Document>> of(UUID collectionId, List<UUID> ids, boolean withContents) {
        return reads.read(
                withContents ? FIND_WHOLE : FIND_WITHOUT_CONTENT,
                Tuple.of(collectionId, ids.toArray(UUID[]::new), DocumentPages.LARGEST_PAGE),
                this::documents);
    }

    private Map<UUID, Document> documents(RowSet<Row> rows) {
        Map<UUID, Document> documents = new HashMap<>();
        for (Row row : rows) {
            Document document = mapper.toDomain(COLUMNS.read(row, new DocumentEntity()));
            documents.put(document.id(), document);
        }
        return documents;
    }
}
