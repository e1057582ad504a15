package dev.tandem.index.pgvector;

import dev.tandem.index.pgvector.Space.Graph;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Makes, lists and drops stores. Each has two tables and a graph of its own: so a graph never leads through vectors of another collection, has
 * the type and the dimensions of its own, and is dropped at once, without a trace that a vacuum would have to find.
 */
final class Stores {

    private static final Logger LOG = Logger.getLogger(Stores.class);

    /** A vector up to this length fits into a page, where it is compared without being fetched from elsewhere, which planners forget. */
    private static final int MOST_IN_A_PAGE = 2_000;

    private static final String REGISTER =
            "insert into store (name, graph) values ($1, $2) on conflict do nothing returning name";
    private static final String GRAPH = "select graph from store where name = $1";
    private static final String FENCE = "select fence from store where name = $1";
    private static final String NAMES = "select name from store";
    private static final String FORGET = "delete from store where name = $1";

    private static final String DOCUMENTS = """
            create table %s (
                id uuid primary key,
                written bigint not null,
                stamp bigint,
                gone_at timestamptz,
                key text collate "C",
                title text,
                version bigint,
                created_at timestamptz,
                updated_at timestamptz,
                metadata jsonb)
            """;
    private static final String CHUNKS = """
            create table %s (
                owner uuid not null,
                ordinal int not null,
                embedding vector(%d) not null,
                primary key (owner, ordinal))
            """;

    private final PgVectorConfig config;
    private final Map<String, Graph> graphs = new ConcurrentHashMap<>();

    Stores(PgVectorConfig config) {
        this.config = config;
    }

    Future<Void> create(SqlConnection connection, Store store) {
        Space space = new Space(store.shape());
        Graph graph = space.graph(config.halfvec());
        if (graph == Graph.NONE) {
            LOG.warnf(
                    "pgvector has no graphs for %d dimensions and %s. Searches compare every vector of collection %s.",
                    store.shape().dimensions(), store.shape().metric(), store.collectionId());
        }
        return connection
                .preparedQuery(REGISTER)
                .execute(Tuple.of(store.name(), graph.name().toLowerCase(Locale.ROOT)))
                .compose(registered -> registered.size() == 0
                        ? Future.succeededFuture()
                        : makeTables(connection, Tables.of(store), space, graph));
    }

    private Future<Void> makeTables(SqlConnection connection, Tables tables, Space space, Graph graph) {
        int dimensions = space.shape().dimensions();
        StringBuilder ddl = new StringBuilder();
        ddl.append(DOCUMENTS.formatted(tables.documents())).append(';');
        ddl.append("create index on %s using gin (metadata jsonb_path_ops);".formatted(tables.documents()));
        ddl.append("create index on %s (gone_at) where gone_at is not null;".formatted(tables.documents()));
        ddl.append(CHUNKS.formatted(tables.chunks(), dimensions)).append(';');
        if (dimensions <= MOST_IN_A_PAGE) {
            ddl.append("alter table %s alter column embedding set storage plain;".formatted(tables.chunks()));
        }
        if (graph != Graph.NONE) {
            ddl.append("create index on %s using hnsw ((%s) %s) with (m = %d, ef_construction = %d);"
                    .formatted(
                            tables.chunks(),
                            indexed(graph, dimensions),
                            space.operatorClass(graph),
                            config.m(),
                            Math.max(config.efConstruction(), 2 * config.m())));
        }
        return connection.query(ddl.toString()).execute().mapEmpty();
    }

    /** What a graph is made of, as it has to be written in an order that the graph is to serve. */
    static String indexed(Graph graph, int dimensions) {
        return graph == Graph.HALF ? "cast(embedding as halfvec(" + dimensions + "))" : "embedding";
    }

    /** What a store's graph is made of; it was decided when the store was made. Fails with {@link StoreGone}. */
    Future<Graph> graph(SqlConnection connection, Store store) {
        Graph known = graphs.get(store.name());
        return known != null
                ? Future.succeededFuture(known)
                : connection
                        .preparedQuery(GRAPH)
                        .execute(Tuple.of(store.name()))
                        .map(rows -> {
                            if (rows.size() == 0) {
                                throw new StoreGone(store);
                            }
                            Graph graph = Graph.valueOf(
                                    rows.iterator().next().getString(0).toUpperCase(Locale.ROOT));
                            graphs.put(store.name(), graph);
                            return graph;
                        });
    }

    /** The greatest fence under which something was written. Fails with {@link StoreGone}. */
    Future<Long> fence(SqlConnection connection, Store store) {
        return connection.preparedQuery(FENCE).execute(Tuple.of(store.name())).map(rows -> {
            if (rows.size() == 0) {
                throw new StoreGone(store);
            }
            return rows.iterator().next().getLong(0);
        });
    }

    Future<Set<String>> names(SqlConnection connection) {
        return connection.query(NAMES).execute().map(rows -> {
            Set<String> names = new HashSet<>();
            for (Row row : rows) {
                names.add(row.getString(0));
            }
            return names;
        });
    }

    /** First the row, whose lock waits for writes to end and lets no other begin. */
    Future<Void> drop(SqlConnection connection, String name) {
        graphs.remove(name);
        return Tables.of(name)
                .map(tables -> connection
                        .preparedQuery(FORGET)
                        .execute(Tuple.of(name))
                        .compose(gone -> connection
                                .query("drop table if exists " + tables.chunks() + ", " + tables.documents())
                                .execute())
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }
}
