package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.mapper.CollectionMapper;
import dev.tandem.database.session.Reach;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds a collection by its name, outside of any block of work. */
@Singleton
public class CollectionLookup {

    private static final TableColumns<CollectionEntity> COLUMNS = TableColumns.of(CollectionEntity.class);

    private static final String FIND = "select %s from collection where ".formatted(COLUMNS.namesIn("collection"));
    private static final String BY_NAME = FIND + "name = $1";
    private static final String BY_ID = FIND + "id = $1";
    private static final String BY_ALIAS = FIND + "id = (select collection_id from alias where alias.name = $1)";

    private final SingleReads reads;
    private final CollectionMapper mapper;

    CollectionLookup(SingleReads reads, CollectionMapper mapper) {
        this.reads = reads;
        this.mapper = mapper;
    }

    /**
     * Fails with {@link Refusal.NotFound} if there is no collection with that name, and none that an alias of that name leads this request to.
     */
    public Uni<Collection> get(String name) {
        Reach reach = Reach.present();
        UUID led = reach == null ? null : reach.led(name);
        Uni<@Nullable Collection> found = led == null ? find(BY_NAME, name) : find(BY_ID, led);
        // No collection and alias share a name: who names a collection itself does not pay for aliases.
        return (reach == null || led != null ? found : found.onItem().ifNull().switchTo(() -> find(BY_ALIAS, name)))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Collection.NOUN, name))
                .invoke(collection -> {
                    if (reach != null) {
                        reach.lead(name, collection.id(), collection.name());
                    }
                });
    }

    private Uni<@Nullable Collection> find(String statement, Object value) {
        return reads.read(statement, Tuple.of(value), this::collection);
    }

    private @Nullable Collection collection(RowSet<Row> rows) {
        return rows.size() == 0
                ? null
                : mapper.toDomain(COLUMNS.read(rows.iterator().next(), new CollectionEntity()));
    }
}
