package dev.tandem.index.pgvector;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.Engine.Capability;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Stamp;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.SharedEngine;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The vectors of all collections in a PostgreSQL with pgvector. {@link PgVectorSchema} prepares it. */
public final class PgVectorEngine implements SharedEngine {

    private static final Engine ENGINE = new Engine(
            "pgvector",
            Map.of(
                    Capability.KEYWORDS,
                    "It searches vectors only. Words are searched in the index of each replica.",
                    Capability.ONE_SNAPSHOT,
                    "Words are searched in another index, which may be a moment ahead or behind.",
                    Capability.ATOMIC_POSITION,
                    "The position is stored with the rows, after the change. After a crash, some changes are applied again."));

    private final PgVectorConfig config;
    private final PgVectorSchema schema;
    private final Connections connections;
    private final Stores stores;

    public PgVectorEngine(Vertx vertx, PgVectorConfig config, PgVectorAddress address) {
        this.config = config;
        this.schema = new PgVectorSchema(vertx, config, address);
        this.connections = new Connections(vertx, config, address);
        this.stores = new Stores(config);
    }

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public Uni<Void> prepare() {
        return schema.prepare();
    }

    @Override
    public Uni<Void> create(Store store) {
        return connections.change(connection -> stores.create(connection, store));
    }

    @Override
    public Uni<Set<String>> stores() {
        return connections.search(stores::names);
    }

    @Override
    public Uni<Void> drop(String name) {
        return connections.change(connection -> stores.drop(connection, name));
    }

    @Override
    public Uni<Void> write(Store store, long version, List<IndexEntry> saved, Set<UUID> gone) {
        return connections.change(
                connection -> in(store, new StoreWriter(connection, store).write(version, saved, gone)));
    }

    @Override
    public Uni<Long> newestFence(Store store) {
        return connections.search(connection -> stores.fence(connection, store));
    }

    @Override
    public Uni<Found> search(Store store, CandidateQuery query) {
        if (!query.demands().isEmpty()) {
            return Uni.createFrom()
                    .failure(new IllegalArgumentException("pgvector cannot see which words a document has."));
        }
        Vector vector = query.vector();
        if (vector == null || !new Space(store.shape()).takes(vector)) {
            return Uni.createFrom().item(Found.NOTHING);
        }
        return reading(store, connection -> stores.graph(connection, store)
                .compose(graph -> new NearestSearch(connection, config, store, graph, query.effort())
                        .nearest(vector, query.filter(), query.limit()))
                .map(matches -> new Found(List.of(), matches)));
    }

    @Override
    public Uni<List<Stamp>> stamps(Store store, @Nullable UUID after, int limit) {
        return reading(store, connection -> StampReader.of(connection, store).page(after, limit));
    }

    @Override
    public Uni<Map<UUID, Long>> stamps(Store store, Set<UUID> documentIds) {
        return reading(store, connection -> StampReader.of(connection, store).chosen(documentIds));
    }

    @Override
    public Uni<IndexSize> size(Store store) {
        return reading(store, connection -> StampReader.of(connection, store).size());
    }

    private <T> Uni<T> reading(Store store, Function<SqlConnection, Future<T>> work) {
        return connections.search(connection -> in(store, work.apply(connection)));
    }

    private static <T> Future<T> in(Store store, Future<T> work) {
        return work.recover(
                failure -> Future.failedFuture(Failures.isMissingTable(failure) ? new StoreGone(store) : failure));
    }

    @Override
    public void close() {
        connections.close();
    }
}
