package dev.tandem.index.shared;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.Engine.Capability;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simplest engine that keeps the promises of one: it compares the query with every vector. Clients of the same {@link Server} share its
 * stores, as replicas do. It can be switched off.
 */
public final class MemoryEngine implements SharedEngine {

    public static final String NAME = "memory";

    private static final Engine ENGINE = new Engine(
            NAME,
            Map.of(
                    Capability.KEYWORDS, "It compares vectors only.",
                    Capability.ONE_SNAPSHOT, "It has one list.",
                    Capability.ATOMIC_POSITION, "Positions are stored elsewhere."));

    private static final int MOST_DIMENSIONS = 3_000;

    private final Server server;

    public MemoryEngine(Server server) {
        this.server = server;
    }

    /** What clients are connected to. */
    public static final class Server {

        private final Map<String, Map<UUID, Written>> stores = new ConcurrentHashMap<>();
        private volatile boolean isAway;

        public void away(boolean away) {
            isAway = away;
        }

        /** Whether a store has the document. */
        public boolean knows(UUID documentId) {
            return stores.values().stream().anyMatch(store -> store.containsKey(documentId));
        }
    }

    /** @param entry empty for a document that is gone */
    private record Written(long version, Optional<IndexEntry> entry) {}

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public Uni<Void> requireFitting(Shape shape) {
        return shape.dimensions() <= MOST_DIMENSIONS
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .failure(new Refusal.Rejected(
                                "", "engine.unfit", "The memory holds vectors of at most 3000 dimensions."));
    }

    private <T> Uni<T> ask(Function<Map<String, Map<UUID, Written>>, T> request) {
        return Uni.createFrom().item(() -> {
            if (server.isAway) {
                throw new Refusal.Unavailable(SharedIndexes.AWAY, "The memory is away.", Duration.ofSeconds(1));
            }
            return request.apply(server.stores);
        });
    }

    private <T> Uni<T> in(Store store, Function<Map<UUID, Written>, T> request) {
        return ask(stores -> {
            Map<UUID, Written> written = stores.get(store.name());
            if (written == null) {
                throw new StoreGone(store);
            }
            return request.apply(written);
        });
    }

    @Override
    public Uni<Void> create(Store store) {
        return ask(stores -> stores.putIfAbsent(store.name(), new ConcurrentSkipListMap<>(Stamp.ORDER)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> drop(String name) {
        return ask(stores -> stores.remove(name)).replaceWithVoid();
    }

    @Override
    public Uni<Set<String>> stores() {
        return ask(stores -> Set.copyOf(stores.keySet()));
    }

    @Override
    public Uni<Void> write(Store store, long version, List<IndexEntry> saved, Set<UUID> gone) {
        return in(store, written -> {
                    saved.forEach(
                            entry -> put(written, entry.document().id(), new Written(version, Optional.of(entry))));
                    gone.forEach(id -> put(written, id, new Written(version, Optional.empty())));
                    return store;
                })
                .replaceWithVoid();
    }

    private static void put(Map<UUID, Written> written, UUID id, Written now) {
        written.merge(id, now, (before, after) -> before.version > after.version ? before : after);
    }

    @Override
    public Uni<Long> newestFence(Store store) {
        return in(store, written -> written.values().stream()
                .mapToLong(it -> Claim.fence(it.version))
                .max()
                .orElse(0));
    }

    @Override
    public Uni<Found> search(Store store, CandidateQuery query) {
        Vector vector = query.vector();
        if (vector == null || !takes(store.shape(), vector)) {
            return in(store, written -> Found.NOTHING);
        }
        return in(
                store,
                written -> new Found(
                        List.of(),
                        entries(written)
                                .filter(entry -> query.filter().matches(entry.document()))
                                .flatMap(entry -> best(store.shape(), entry, vector).stream())
                                .sorted(Comparator.comparingDouble(VectorMatch::similarity)
                                        .reversed()
                                        .thenComparing(VectorMatch::documentId, Stamp.ORDER))
                                .limit(query.limit())
                                .toList()));
    }

    private static boolean takes(Shape shape, Vector vector) {
        return vector.dimensions() == shape.dimensions() && shape.metric().takes(vector);
    }

    private static Stream<IndexEntry> entries(Map<UUID, Written> written) {
        return written.values().stream().flatMap(document -> document.entry.stream());
    }

    private static Optional<VectorMatch> best(Shape shape, IndexEntry entry, Vector vector) {
        return entry.chunks().stream()
                .filter(chunk -> takes(shape, chunk.vector()))
                .map(chunk -> new VectorMatch(
                        entry.document().id(), shape.metric().similarity(chunk.vector(), vector), chunk.ordinal()))
                .max(Comparator.comparingDouble(VectorMatch::similarity));
    }

    @Override
    public Uni<List<Stamp>> stamps(Store store, @Nullable UUID after, int limit) {
        return in(store, written -> entries(written)
                .map(entry -> new Stamp(entry.document().id(), entry.stamp()))
                .filter(stamp -> after == null || Stamp.ORDER.compare(stamp.id(), after) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Map<UUID, Long>> stamps(Store store, Set<UUID> documentIds) {
        return in(store, written -> entries(written)
                .filter(entry -> documentIds.contains(entry.document().id()))
                .collect(Collectors.toMap(entry -> entry.document().id(), IndexEntry::stamp)));
    }

    @Override
    public Uni<IndexSize> size(Store store) {
        return in(
                store,
                written -> new IndexSize(
                        entries(written).count(),
                        entries(written)
                                .flatMap(entry -> entry.chunks().stream())
                                .filter(chunk -> takes(store.shape(), chunk.vector()))
                                .count()));
    }

    @Override
    public void close() {}
}
