package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.mapper.CollectionMapper;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Finds a collection by its name, outside of any block of work. */
@Singleton
public class CollectionLookup {

    private static final TableColumns<CollectionEntity> COLUMNS = TableColumns.of(CollectionEntity.class);

    private static final String FIND =
            "select %s from collection where name = $1".formatted(COLUMNS.namesIn("collection"));

    private final SingleReads reads;
    private final CollectionMapper mapper;

    CollectionLookup(SingleReads reads, CollectionMapper mapper) {
        this.reads = reads;
        this.mapper = mapper;
    }

    /** Fails with {@link Refusal.NotFound} if there is no collection with that name. */
    public Uni<Collection> get(String name) {
        return reads.read(FIND, Tuple.of(name), rows -> collection(rows, name));
    }

    private Collection collection(RowSet<Row> rows, String name) {
        if (rows.size() == 0) {
            throw Refusal.NotFound.of(Collection.NOUN, name);
        }
        return mapper.toDomain(COLUMNS.read(rows.iterator().next(), new CollectionEntity()));
    }
}
