package dev.tandem.index.pinecone;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.Engine.Capability;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import dev.tandem.index.pinecone.http.Answers;
import dev.tandem.index.pinecone.http.DataPlane;
import dev.tandem.index.pinecone.http.Freshness;
import dev.tandem.index.pinecone.http.PlaneOptions;
import dev.tandem.index.pinecone.http.Planes;
import dev.tandem.index.pinecone.query.Condition;
import dev.tandem.index.pinecone.query.FilterTranslation;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.SharedEngine;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Vectors in serverless indexes of Pinecone. Each store is two namespaces of the first index that fits its shape. */
public final class PineconeEngine implements SharedEngine {

    private static final Engine ENGINE = new Engine(
            "pinecone",
            Map.of(
                    Capability.KEYWORDS,
                    "Pinecone stores vectors only. Words are searched in the index inside the process.",
                    Capability.ONE_SNAPSHOT,
                    "Words and vectors are in different engines, so the two lists may be of different moments.",
                    Capability.ATOMIC_POSITION,
                    "Pinecone has no transactions. After a crash the last changes are applied again.",
                    Capability.ALL_FILTERS,
                    "Pinecone's filters can't look into texts or compare their order: contains, startsWith,"
                            + " elemMatch, near, box, and greater or less than a text are refused."));

    /** Stores with fewer records are counted one by one, because Pinecone's own numbers lag behind. */
    private static final long FEW = 5_000;

    private final Planes planes;
    private final Freshness freshness;
    private final Writer writer = new Writer();
    private final Duration requestTimeout;
    private final String prefix;

    /** @throws IllegalArgumentException for a setting that is missing or wrong; the message says which */
    public PineconeEngine(Vertx vertx, PineconeConfig config) {
        this.planes = planes(vertx, config);
        this.freshness = new Freshness(vertx, config.visibilityTimeout());
        this.requestTimeout = config.requestTimeout();
        this.prefix = config.namespacePrefix();
    }

    static Planes planes(Vertx vertx, PineconeConfig config) {
        PlaneOptions options =
                new PlaneOptions(config.apiVersion(), config.requestTimeout(), config.concurrency(), config.queue());
        return new Planes(vertx, config.hosts().orElse(List.of()), ApiKey.of(config), options);
    }

    @Override
    public Engine engine() {
        return ENGINE;
    }

    /** No index of Pinecone may be made for this shape. Each is asked once. */
    @Override
    public Uni<Void> requireFitting(Shape shape) {
        return Answers.understood(planes.of(shape).replaceWithVoid());
    }

    /** The work in the place of the store. */
    private <T> Uni<T> in(Store store, Function<Place, Uni<T>> work) {
        return Answers.understood(planes.of(store.shape())
                .map(plane -> Place.of(plane, store, prefix))
                .chain(work::apply));
    }

    @Override
    public Uni<Void> create(Store store) {
        return in(store, place -> place.plane()
                .fetch(place.documents(), List.of(Place.ANCHOR))
                .chain(records ->
                        records.isEmpty() ? create(place) : Uni.createFrom().voidItem()));
    }

    /** The marker comes last: it says that everything else is there. */
    private Uni<Void> create(Place place) {
        Records records = new Records(place.store().shape());
        Marker marker = new Marker(writer.name(), 0);
        return anchor(place, place.passages(), records, new Marker("", 0))
                .chain(() -> anchor(place, place.documents(), records, marker))
                .invoke(() -> writer.succeeded(place));
    }

    private Uni<Void> anchor(Place place, String namespace, Records records, Marker marker) {
        return place.plane()
                .upsert(namespace, List.of(records.anchor(marker.metadata())))
                .chain(written -> freshness.await(place.plane(), namespace, written, records.anyVector()));
    }

    /** The documents go first, so that the store does not exist from then on. */
    @Override
    public Uni<Void> drop(String name) {
        writer.forgets(Place.documents(prefix, name));
        return Multi.createFrom()
                .iterable(planes.all())
                .onItem()
                .transformToUniAndConcatenate(plane -> plane.dropNamespace(Place.documents(prefix, name))
                        .chain(() -> plane.dropNamespace(Place.passages(prefix, name))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    @Override
    public Uni<Set<String>> stores() {
        return Answers.understood(Multi.createFrom()
                .iterable(planes.all())
                .onItem()
                .transformToUniAndMerge(plane -> addStores(plane, new HashSet<>(), null))
                .collect()
                .in(HashSet::new, Set::addAll));
    }

    private Uni<Set<String>> addStores(DataPlane plane, Set<String> names, @Nullable String token) {
        return plane.namespaces(prefix, token).chain(page -> {
            page.ids().forEach(namespace -> Place.storeName(prefix, namespace).ifPresent(names::add));
            return page.next() == null ? Uni.createFrom().item(names) : addStores(plane, names, page.next());
        });
    }

    @Override
    public Uni<Void> write(Store store, long version, List<IndexEntry> saved, Set<UUID> gone) {
        return in(
                store, place -> new DocumentWrite(place, writer, freshness, requestTimeout, version).run(saved, gone));
    }

    @Override
    public Uni<Long> newestFence(Store store) {
        return in(store, place -> Documents.marker(place).map(marker -> Claim.fence(marker.version())));
    }

    /** @throws IllegalArgumentException if the query demands words of the documents, which are not here */
    @Override
    public Uni<Found> search(Store store, CandidateQuery query) {
        if (!query.demands().isEmpty()) {
            throw new IllegalArgumentException("The engine pinecone knows no words.");
        }
        return Uni.createFrom().deferred(() -> {
            Vector vector = query.vector();
            Condition condition = FilterTranslation.of(query.filter());
            if (vector == null
                    || !new Records(store.shape()).takes(vector)
                    || condition.equals(Condition.NOTHING)
                    || query.limit() <= 0) {
                return Uni.createFrom().item(Found.NOTHING);
            }
            return in(store, place -> new NearestSearch(place, vector, query.limit()).nearest(condition))
                    .map(matches -> new Found(List.of(), matches));
        });
    }

    @Override
    public Uni<List<Stamp>> stamps(Store store, @Nullable UUID after, int limit) {
        return in(store, place -> stamps(place, after, limit));
    }

    private Uni<List<Stamp>> stamps(Place place, @Nullable UUID after, int limit) {
        IdPages pages = new IdPages(place.plane(), place.documents());
        Uni<List<String>> listed = after == null ? pages.all("", limit) : pages.after(after.toString(), limit);
        return listed.chain(found -> {
            List<UUID> ids = found.stream()
                    .filter(id -> !id.equals(Place.ANCHOR))
                    .map(UUID::fromString)
                    .toList();
            return Documents.read(place, ids).map(seen -> ids.stream()
                    .map(id -> new Stamp(id, stamp(seen.heads().get(id))))
                    .toList());
        });
    }

    /** What went meanwhile has no stamp of a document either. If it was missing, the page would say that it is the last one. */
    private static long stamp(@Nullable Head head) {
        return head == null ? 0 : head.stamp();
    }

    @Override
    public Uni<Map<UUID, Long>> stamps(Store store, Set<UUID> documentIds) {
        return in(store, place -> Documents.read(place, documentIds)).map(seen -> {
            Map<UUID, Long> stamps = new HashMap<>();
            seen.heads().forEach((id, head) -> stamps.put(id, head.stamp()));
            return stamps;
        });
    }

    @Override
    public Uni<IndexSize> size(Store store) {
        return in(store, place -> Documents.marker(place)
                .chain(() -> place.plane().counts())
                .chain(counts -> {
                    long documents = counts.getOrDefault(place.documents(), 0L);
                    long passages = counts.getOrDefault(place.passages(), 0L);
                    return documents + passages < FEW
                            ? counted(place)
                            : Uni.createFrom().item(new IndexSize(documents - 1, passages - 1));
                }));
    }

    private Uni<IndexSize> counted(Place place) {
        return Uni.combine()
                .all()
                .unis(count(place, place.documents()), count(place, place.passages()))
                .with(IndexSize::new);
    }

    /** Without the anchor. */
    private static Uni<Long> count(Place place, String namespace) {
        return new IdPages(place.plane(), namespace)
                .all("", Integer.MAX_VALUE)
                .map(ids -> ids.stream().filter(id -> !id.equals(Place.ANCHOR)).count());
    }

    @Override
    public void close() {
        planes.close();
    }

    @Override
    public String toString() {
        return "PineconeEngine" + planes.all();
    }
}
