package dev.tandem.index.opensearch;

import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.Engine.Capability;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Stamp;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.SharedEngine;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cluster of OpenSearch as an engine for words and vectors. It needs OpenSearch 3 with the plugin k-NN, which belongs to it. */
public final class OpenSearchEngine implements SharedEngine {

    public static final String NAME = "opensearch";

    private static final Engine ENGINE = new Engine(
            NAME,
            Map.of(
                    Capability.ONE_SNAPSHOT,
                    "OpenSearch looks for words and for vectors in two searches, between which a change may become visible.",
                    Capability.ATOMIC_POSITION,
                    "OpenSearch has no transactions over several documents. The position is stored in PostgreSQL, after the"
                            + " documents.",
                    Capability.ALL_FILTERS,
                    "In OpenSearch documents are facts that do not say of which object they are: elemMatch, near and box are refused."));

    private final OpenSearchConfig config;
    private final Cluster cluster;
    private final StoreIndexes indexes;
    private final Refreshes refreshes;
    private final Searches searches;
    private final Stamps stamps;
    private final Fences fences;

    public OpenSearchEngine(Vertx vertx, OpenSearchConfig config) {
        this.config = config;
        this.cluster = new Cluster(vertx, config);
        this.indexes = new StoreIndexes(cluster, config);
        this.refreshes = new Refreshes(indexes::refresh);
        this.searches = new Searches(cluster);
        this.stamps = new Stamps(cluster);
        this.fences = new Fences(cluster, config);
    }

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public Uni<Void> prepare() {
        return fences.prepare();
    }

    @Override
    public Uni<Void> create(Store store) {
        return indexes.create(store);
    }

    @Override
    public Uni<Set<String>> stores() {
        return indexes.names();
    }

    @Override
    public Uni<Void> drop(String name) {
        return indexes.drop(name).chain(() -> fences.forget(name));
    }

    @Override
    public Uni<Void> write(Store store, long version, List<IndexEntry> saved, Set<UUID> gone) {
        return in(
                store,
                fences.raise(store, Claim.fence(version))
                        .chain(() -> send(store, new Bulk(version, store.shape(), saved, gone, config)))
                        .chain(() -> refreshes.of(indexes.index(store))));
    }

    private Uni<Void> send(Store store, Bulk bulk) {
        return cluster.work(bulk::next)
                .chain(next -> next.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : send(store, next.get()).chain(() -> send(store, bulk)));
    }

    private Uni<Void> send(Store store, Bulk.Portion portion) {
        String path = "/" + indexes.writer(store)
                + "/_bulk?require_alias=true&filter_path=items.*.status,items.*.error.type,items.*.error.reason";
        return cluster.askLines(path, portion.lines(), answer -> {
            Bulk.requireDone(answer, portion.count());
            return null;
        });
    }

    @Override
    public Uni<Long> newestFence(Store store) {
        return fences.newest(store);
    }

    @Override
    public Uni<Found> search(Store store, CandidateQuery query) {
        return in(store, searches.find(store, indexes.index(store), query));
    }

    @Override
    public Uni<List<Stamp>> stamps(Store store, @Nullable UUID after, int limit) {
        return in(store, stamps.page(indexes.index(store), after, limit));
    }

    @Override
    public Uni<Map<UUID, Long>> stamps(Store store, Set<UUID> documentIds) {
        return in(store, stamps.of(indexes.index(store), documentIds));
    }

    @Override
    public Uni<IndexSize> size(Store store) {
        return in(store, indexes.size(store));
    }

    private <T> Uni<T> in(Store store, Uni<T> work) {
        return work.onFailure(ShardsMissing.class)
                .recoverWithUni(failure -> indexes.require(store)
                        .chain(() -> Uni.createFrom().failure(((ShardsMissing) failure).refusal())))
                .onFailure(IndexMissing.class)
                .transform(missing -> new StoreGone(store));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
