package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Finds a document by the names that a client has for it, outside of any block of work, for callers that may see all documents. */
@Singleton
public class DocumentLookup {

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);

    /** A row without a document says that there is such a collection. */
    private static final String FIND = """
            select %s from collection left join document on document.collection_id = collection.id and document.key = $2
            where collection.name = $1
            """.formatted(COLUMNS.namesIn("document"));

    private final SingleReads reads;
    private final DocumentMapper mapper;

    DocumentLookup(SingleReads reads, DocumentMapper mapper) {
        this.reads = reads;
        this.mapper = mapper;
    }

    /** Fails with {@link Refusal.NotFound} if there is no such collection, or no such document in it. */
    public Uni<Document> get(String collection, String key) {
        return reads.read(FIND, Tuple.of(collection, key), rows -> document(rows, collection, key));
    }

    private Document document(RowSet<Row> rows, String collection, String key) {
        if (rows.size() == 0) {
            throw Refusal.NotFound.of(Collection.NOUN, collection);
        }
        DocumentEntity row = COLUMNS.read(rows.iterator().next(), new DocumentEntity());
        if (row.id == null) {
            throw Refusal.NotFound.of(Document.NOUN, key);
        }
        return mapper.toDomain(row);
    }
}
