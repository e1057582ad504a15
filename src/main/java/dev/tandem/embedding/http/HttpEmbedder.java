package dev.tandem.embedding.http;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.PartlyEmbedded;
import dev.tandem.embedding.Tokenizer;
import dev.tandem.embedding.http.Batches.Batch;
import dev.tandem.embedding.http.CarefulBatch.Part;
import dev.tandem.remote.Outage;
import dev.tandem.remote.ServerKey;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A model of a server. Chunks and queries have connections of their own, so queries do not wait for chunks.
 *
 * <p>A call that embeds only a part of its chunks fails with {@link PartlyEmbedded}. After the server has become unavailable, the call sends
 * nothing more.
 */
final class HttpEmbedder implements Embedder, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HttpEmbedder.class);

    private final ServerSettings settings;
    private final Dimensions dimensions;
    private final EmbeddingServer forChunks;
    private final EmbeddingServer forQueries;
    private final Outage outageOfQueries;
    private final WorkerPool pool;
    private final Batches batches;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean wasAsked = new AtomicBoolean();

    /** @param pool divides texts and reads answers; queries do without it */
    HttpEmbedder(Vertx vertx, ServerSettings settings, WorkerPool pool, WorkerPool queryPool) {
        this.settings = settings;
        this.dimensions = new Dimensions(settings.dimensions());
        ServerKey key = settings.key();
        this.forChunks = new EmbeddingServer(vertx, settings.forChunks(), settings, key, dimensions, pool);
        this.forQueries = new EmbeddingServer(vertx, settings.forQueries(), settings, key, dimensions, queryPool);
        this.outageOfQueries = new Outage(
                "The embedding model " + settings.name() + " for queries",
                EmbeddingServer.AWAY,
                Outage.Manner.OF_SEARCHES);
        this.pool = pool;
        this.batches =
                new Batches(settings.server().batchSize(), settings.server().batchTokens());
    }

    @Override
    public String model() {
        return settings.name();
    }

    /** As long as they are not known, each call asks the server again, without waiting for it. */
    @Override
    public int dimensions() {
        int known = dimensions.known();
        if (known == 0) {
            learnDimensions();
        }
        return known;
    }

    @Override
    public int maxTokens() {
        return settings.maxTokens();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Tokenizer tokenizer() {
        return WordCount.INSTANCE;
    }

    /** Asks for the dimensions if they are not known. Does not wait for the answer. */
    void learnDimensions() {
        if (dimensions.known() > 0 || !asking.compareAndSet(false, true)) {
            return;
        }
        forQueries
                .ask(List.of(settings.documentPrefix() + CarefulBatch.HARMLESS))
                .chain(Outcome::made)
                .onTermination()
                .invoke(() -> asking.set(false))
                .subscribe()
                .with(
                        made -> LOG.infof(
                                "The vectors of the embedding model %s have %d dimensions.",
                                settings.name(), dimensions.known()),
                        failure -> LOG.logf(
                                wasAsked.getAndSet(true) ? Logger.Level.DEBUG : Logger.Level.WARN,
                                "The dimensions of the embedding model %s are not known yet: %s",
                                settings.name(),
                                failure.getMessage()));
    }

    @Override
    public Uni<List<Vector>> embedChunks(List<String> chunks) {
        return pool.run(() -> batches.of(chunks.stream()
                        .map(chunk -> settings.documentPrefix() + chunk)
                        .toList()))
                .chain(divided -> new Call(chunks.size()).run(divided));
    }

    @Override
    public Uni<Vector> embedQuery(String text) {
        String query = settings.queryPrefix() + WordCount.INSTANCE.first(settings.maxTokens(), text);
        return outageOfQueries
                .watch(() -> new CarefulBatch(forQueries, settings.queryPrefix()).embed(List.of(query)))
                .map(parts -> {
                    Part part = parts.getFirst();
                    if (part.vector() == null) {
                        throw new Refusal.Rejected(
                                "/query",
                                "embedding.query_refused",
                                "The server of the embedding model '%s' does not embed this query: %s"
                                        .formatted(settings.name(), part.refusal()));
                    }
                    return part.vector();
                });
    }

    /** The chunks of one call. */
    private final class Call {

        private final @Nullable Vector[] vectors;
        private final Map<Integer, String> refused = new ConcurrentHashMap<>();
        private final AtomicReference<Refusal.@Nullable Unavailable> trouble = new AtomicReference<>();
        private final CarefulBatch careful = new CarefulBatch(forChunks, settings.documentPrefix());

        Call(int chunks) {
            this.vectors = new Vector[chunks];
        }

        Uni<List<Vector>> run(List<Batch> divided) {
            return Multi.createFrom()
                    .iterable(divided)
                    .onItem()
                    .transformToUni(this::embed)
                    .merge(settings.server().concurrency())
                    .collect()
                    .last()
                    .chain(this::result);
        }

        private Uni<Boolean> embed(Batch batch) {
            if (trouble.get() != null) {
                return Uni.createFrom().item(false);
            }
            return careful.embed(batch.texts())
                    .invoke(parts -> take(batch.from(), parts))
                    .replaceWith(true)
                    .onFailure(Refusal.Unavailable.class)
                    .recoverWithItem(failure -> {
                        trouble.compareAndSet(null, (Refusal.Unavailable) failure);
                        return false;
                    });
        }

        private void take(int from, List<Part> parts) {
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                vectors[from + i] = part.vector();
                if (part.refusal() != null) {
                    refused.put(from + i, "The model's server refuses a chunk: " + part.refusal());
                }
            }
        }

        private Uni<List<Vector>> result() {
            Refusal.Unavailable unavailable = trouble.get();
            List<@Nullable Vector> all = Arrays.asList(vectors);
            boolean isAny = all.stream().anyMatch(vector -> vector != null);
            if (unavailable != null && !isAny && refused.isEmpty()) {
                return Uni.createFrom().failure(unavailable);
            }
            return unavailable == null && refused.isEmpty()
                    ? Uni.createFrom().item(List.copyOf(all))
                    : Uni.createFrom().failure(new PartlyEmbedded(all, refused, unavailable));
        }
    }

    @Override
    public void close() {
        forChunks.close();
        forQueries.close();
    }
}
