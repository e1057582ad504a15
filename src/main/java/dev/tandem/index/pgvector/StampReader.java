package dev.tandem.index.pgvector;

import dev.tandem.index.IndexSize;
import dev.tandem.index.Stamp;
import dev.tandem.index.shared.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads which documents are in a store, in which state. */
record StampReader(SqlConnection connection, Tables tables) {

    private static final String FIRST = "select id, stamp from %s where gone_at is null order by id limit $1";
    private static final String NEXT =
            "select id, stamp from %s where gone_at is null and id > $1 order by id limit $2";
    private static final String CHOSEN =
            "select id, stamp from %s where gone_at is null and id = any(cast($1 as uuid[]))";
    private static final String SIZE =
            "select (select count(*) from %s where gone_at is null), (select count(*) from %s)";

    static StampReader of(SqlConnection connection, Store store) {
        return new StampReader(connection, Tables.of(store));
    }

    Future<List<Stamp>> page(@Nullable UUID after, int limit) {
        return (after == null ? read(FIRST, Tuple.of(limit)) : read(NEXT, Tuple.of(after, limit))).map(rows -> {
            List<Stamp> stamps = new ArrayList<>(rows.size());
            for (Row row : rows) {
                stamps.add(new Stamp(row.getUUID(0), row.getLong(1)));
            }
            return stamps;
        });
    }

    Future<Map<UUID, Long>> chosen(Set<UUID> ids) {
        return read(CHOSEN, Tuple.of(ids.toArray(UUID[]::new))).map(rows -> {
            Map<UUID, Long> stamps = new HashMap<>();
            for (Row row : rows) {
                stamps.put(row.getUUID(0), row.getLong(1));
            }
            return stamps;
        });
    }

    private Future<RowSet<Row>> read(String sql, Tuple parameters) {
        return connection.preparedQuery(sql.formatted(tables.documents())).execute(parameters);
    }

    Future<IndexSize> size() {
        return connection
                .query(SIZE.formatted(tables.documents(), tables.chunks()))
                .execute()
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new IndexSize(row.getLong(0), row.getLong(1));
                });
    }
}
