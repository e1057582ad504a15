package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.mapper.CollectionMapper;
import dev.tandem.database.session.Reach;
import dev.tandem.database.session.Reach.Led;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds a collection by its name, outside of any block of work. */
@Singleton
public class CollectionLookup {

    private static final TableColumns<CollectionEntity> COLUMNS = TableColumns.of(CollectionEntity.class);

    /** Rows of collections, each with the version of an alias that has led there. The arguments are that version, and the tables with the condition. */
    private static final String FIND = "select " + COLUMNS.namesIn("collection") + ", %s from collection %s = $1";

    private static final String BY_NAME = FIND.formatted("cast(null as bigint)", "where name");
    private static final String BY_ID = FIND.formatted("cast(null as bigint)", "where id");
    private static final String BY_ALIAS = FIND.formatted(
            "cast(alias.version as bigint)", "join alias on alias.collection_id = collection.id where alias.name");

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
        Led led = reach == null ? null : reach.led(name);
        Uni<@Nullable Found> found = led == null ? find(BY_NAME, name) : find(BY_ID, led.collectionId());
        // No collection and alias share a name: who names a collection itself does not pay for aliases.
        return (reach == null || led != null ? found : found.onItem().ifNull().switchTo(() -> find(BY_ALIAS, name)))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Collection.NOUN, name))
                .invoke(one -> {
                    if (reach != null) {
                        reach.lead(
                                name,
                                led == null ? one.led() : led,
                                one.collection().name());
                    }
                })
                .map(Found::collection);
    }

    /** @param alias the version of the alias that has led there; null if none has */
    private record Found(Collection collection, @Nullable Long alias) {

        Led led() {
            return new Led(collection.id(), alias != null && Alias.isSwitched(alias));
        }
    }

    private Uni<@Nullable Found> find(String statement, Object value) {
        return reads.read(statement, Tuple.of(value), this::found);
    }

    private @Nullable Found found(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Found(mapper.toDomain(COLUMNS.read(row, new CollectionEntity())), row.getLong(row.size() - 1));
    }
}
