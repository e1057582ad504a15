package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.database.session.Reach;
import dev.tandem.database.session.Reach.Led;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds a document by the names that a client has for it, outside of any block of work, for callers that may see all documents. */
@Singleton
public class DocumentLookup {

    private static final TableColumns<DocumentEntity> COLUMNS = TableColumns.of(DocumentEntity.class);

    /** A row without a document says that there is such a collection. The argument is the condition on the collection. */
    private static final String FIND = """
            select %s from collection left join document on document.collection_id = collection.id and document.key = $2
                and %s
            where collection.%%s
            """.formatted(COLUMNS.namesIn("document"), Expiry.AHEAD.sql());

    private static final String BY_NAME = FIND.formatted("name = $1");
    private static final String BY_ID = FIND.formatted("id = $1");

    private final SingleReads reads;
    private final AliasLookup aliases;
    private final DocumentMapper mapper;

    DocumentLookup(SingleReads reads, AliasLookup aliases, DocumentMapper mapper) {
        this.reads = reads;
        this.aliases = aliases;
        this.mapper = mapper;
    }

    /**
     * Fails with {@link Refusal.NotFound} if there is no such collection, and none that an alias of that name leads this request to, or no such
     * document in it.
     */
    public Uni<Document> get(String collection, String key) {
        Reach reach = Reach.present();
        Led led = reach == null ? null : reach.led(collection);
        Uni<@Nullable DocumentEntity> found =
                led == null ? find(BY_NAME, collection, key) : find(BY_ID, led.collectionId(), key);
        return (reach == null || led != null
                        ? found
                        : found.onItem().ifNull().switchTo(() -> led(reach, collection, key)))
                .map(row -> document(row, collection, key));
    }

    private Uni<@Nullable DocumentEntity> led(Reach reach, String alias, String key) {
        return aliases.find(alias).chain(target -> {
            if (target == null) {
                return Uni.createFrom().nullItem();
            }
            reach.lead(alias, target.led(), target.name());
            return find(BY_ID, target.led().collectionId(), key);
        });
    }

    private Uni<@Nullable DocumentEntity> find(String statement, Object collection, String key) {
        return reads.read(statement, Tuple.of(collection, key), DocumentLookup::row);
    }

    /** Null if there is no such collection. */
    private static @Nullable DocumentEntity row(RowSet<Row> rows) {
        return rows.size() == 0 ? null : COLUMNS.read(rows.iterator().next(), new DocumentEntity());
    }

    private Document document(@Nullable DocumentEntity row, String collection, String key) {
        if (row == null) {
            throw Refusal.NotFound.of(Collection.NOUN, collection);
        }
        if (row.id == null) {
            throw Refusal.NotFound.of(Document.NOUN, key);
        }
        return mapper.toDomain(row);
    }
}
