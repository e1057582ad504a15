package dev.tandem.index.pgvector;

import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.Stamp;
import dev.tandem.index.pgvector.Space.Graph;
import dev.tandem.index.shared.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents of a store whose best chunk is nearest to a vector.
 *
 * <p>The graph proposes chunks, more than documents are asked for, because a document may have several of the nearest. Their distances are
 * exact, whatever the graph is made of. If there are not enough documents among them, the graph is asked for more, and in the end every chunk
 * that the filter lets through is compared: a filter never shortens the list.
 */
final class NearestSearch {

    private static final Comparator<VectorMatch> BEST_FIRST = Comparator.comparingDouble(VectorMatch::similarity)
            .reversed()
            .thenComparing(VectorMatch::documentId, Stamp.ORDER);

    /** The most that PostgreSQL takes. */
    private static final int LARGEST_EF = 1_000;

    private static final int MORE = 50;
    private static final int MANY_MORE = 4;
    /** From so many chunks on, comparing all is no more work. */
    private static final int MOST_PROPOSED = 16_000;

    private static final String SETTINGS = """
            select set_config('hnsw.iterative_scan', $1, true), set_config('hnsw.ef_search', $2, true),
                   set_config('hnsw.max_scan_tuples', $3, true), set_config('hnsw.scan_mem_multiplier', '8', true)
            """;

    private static final String TARGET = "cast(cast($1 as real[]) as vector)";

    private final SqlConnection connection;
    private final PgVectorConfig config;
    private final Store store;
    private final Space space;
    private final Tables tables;
    private final Graph graph;
    private final int leastEf;

    /** @param effort how many candidates a search of the graph looks at, at least; null for as many as are configured */
    NearestSearch(SqlConnection connection, PgVectorConfig config, Store store, Graph graph, @Nullable Integer effort) {
        this.connection = connection;
        this.config = config;
        this.store = store;
        this.space = new Space(store.shape());
        this.tables = Tables.of(store);
        this.graph = graph;
        this.leastEf = effort == null ? config.efSearch() : effort;
    }

    Future<List<VectorMatch>> nearest(Vector vector, Filter filter, int limit) {
        Float[] target = boxed(space.stored(vector));
        SqlCondition condition = filter.equals(Filter.EVERYTHING) ? SqlCondition.TRUE : FilterCondition.of(filter);
        return graph == Graph.NONE
                ? compared(target, condition, limit)
                : proposed(target, condition, limit, 2 * limit + MORE);
    }

    private Future<List<VectorMatch>> proposed(Float[] target, SqlCondition condition, int limit, int chunks) {
        return propose(target, condition, chunks).compose(rows -> {
            List<VectorMatch> matches = best(rows, limit);
            if (matches.size() >= limit) {
                return Future.succeededFuture(matches);
            }
            int more = chunks * MANY_MORE;
            return rows.size() < chunks || more > MOST_PROPOSED
                    ? compared(target, condition, limit)
                    : proposed(target, condition, limit, more);
        });
    }

    /** All four are sent at once, and answered in order. */
    private Future<RowSet<Row>> propose(Float[] target, SqlCondition condition, int chunks) {
        int ef = Math.clamp(chunks, leastEf, LARGEST_EF);
        Future<RowSet<Row>> begun = connection.query("begin read only").execute();
        Future<RowSet<Row>> set = connection
                .preparedQuery(SETTINGS)
                .execute(Tuple.of(
                        config.iterativeScan(), Integer.toString(ef), Integer.toString(config.maxScanTuples())));
        Future<RowSet<Row>> rows = connection
                .preparedQuery(proposal(condition))
                .execute(parameters(target, condition).addInteger(chunks));
        Future<RowSet<Row>> ended = connection.query("commit").execute();
        return Future.join(List.of(begun, set, rows, ended))
                .transform(done ->
                        begun.compose(first -> set).compose(second -> rows).compose(found -> ended.map(found)));
    }

    private Future<List<VectorMatch>> compared(Float[] target, SqlCondition condition, int limit) {
        return connection
                .preparedQuery(comparison(condition))
                .execute(parameters(target, condition).addInteger(limit))
                .map(rows -> best(rows, limit));
    }

    private String proposal(SqlCondition condition) {
        String order = graph == Graph.HALF
                ? "cast(embedding as halfvec(%1$d)) %2$s cast(cast($1 as real[]) as halfvec(%1$d))"
                        .formatted(store.shape().dimensions(), space.operator())
                : "embedding " + space.operator() + " " + TARGET;
        return "select owner, ordinal, embedding " + space.operator() + " " + TARGET + " as distance from "
                + from(condition) + " order by " + order + " limit " + limit(condition);
    }

    /** The best chunk of each document is chosen first, so that no graph can serve the order. */
    private String comparison(SqlCondition condition) {
        return "select owner, ordinal, distance from (select distinct on (owner) owner, ordinal, embedding "
                + space.operator() + " " + TARGET + " as distance from " + from(condition)
                + " order by owner, distance, ordinal) as best order by distance, owner limit " + limit(condition);
    }

    private String from(SqlCondition condition) {
        return condition.equals(SqlCondition.TRUE)
                ? tables.chunks()
                : tables.chunks() + " join " + tables.documents() + " on id = owner and " + condition.sql(2);
    }

    /** The last parameter. */
    private static String limit(SqlCondition condition) {
        return "$" + (2 + condition.values().size());
    }

    private static Tuple parameters(Float[] target, SqlCondition condition) {
        Tuple parameters = Tuple.of(target);
        condition.values().forEach(parameters::addValue);
        return parameters;
    }

    /** Each document once, by its best chunk. */
    private List<VectorMatch> best(RowSet<Row> rows, int limit) {
        Map<UUID, VectorMatch> best = new HashMap<>();
        for (Row row : rows) {
            VectorMatch match = new VectorMatch(row.getUUID(0), space.similarity(row.getDouble(2)), row.getInteger(1));
            best.merge(match.documentId(), match, NearestSearch::better);
        }
        List<VectorMatch> matches = new ArrayList<>(best.values());
        matches.sort(BEST_FIRST);
        return matches.subList(0, Math.min(limit, matches.size()));
    }

    private static VectorMatch better(VectorMatch one, VectorMatch other) {
        int compared = Double.compare(one.similarity(), other.similarity());
        return compared > 0 || compared == 0 && one.ordinal() < other.ordinal() ? one : other;
    }

    private static Float[] boxed(float[] vector) {
        Float[] boxed = new Float[vector.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = vector[i];
        }
        return boxed;
    }
}
