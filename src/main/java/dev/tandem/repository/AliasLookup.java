package dev.tandem.repository;

import dev.tandem.database.session.Reach.Led;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Alias;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds out which collection an alias is a name of, outside of any block of work and whoever asks. */
@Singleton
public class AliasLookup {

    private static final String FIND = """
            select collection.id, collection.name, alias.version
            from alias join collection on collection.id = alias.collection_id where alias.name = $1
            """;

    private final SingleReads reads;

    AliasLookup(SingleReads reads) {
        this.reads = reads;
    }

    /**
     * The collection of an alias.
     *
     * @param name its own
     */
    public record Target(Led led, String name) {}

    /** Null if there is no such alias. */
    public Uni<@Nullable Target> find(String alias) {
        return reads.read(
                FIND,
                Tuple.of(alias),
                rows -> rows.size() == 0 ? null : target(rows.iterator().next()));
    }

    private static Target target(Row row) {
        return new Target(new Led(row.getUUID(0), Alias.isSwitched(row.getLong(2))), row.getString(1));
    }
}
