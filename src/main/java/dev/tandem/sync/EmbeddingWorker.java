package dev.tandem.sync;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Vector;
import dev.tandem.embedding.Chunker;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.Embedders;
import dev.tandem.embedding.Passage;
import dev.tandem.service.EmbeddingService;
import dev.tandem.service.EmbeddingService.Result;
import dev.tandem.service.EmbeddingService.Work;
import dev.tandem.service.RowsChanged;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Embeds what is due, wherever it was written. A batch is embedded as a whole; if that fails, each document by itself, so that one that
 * can't be embedded holds up no other. It is tried again, later and later, and then parked for somebody to look at.
 */
@ApplicationScoped
public class EmbeddingWorker {

    private static final Logger LOG = Logger.getLogger(EmbeddingWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ERROR = 1_000;
    private static final int MOST_DOUBLINGS = 10;
    /** In UTF-16 units: some seconds' work. */
    private static final int LONGEST_PORTION = 100_000;

    private final EmbeddingService service;
    private final Embedders embedders;
    private final SyncConfig config;
    private final Loop loop;
    private final WorkerPool chunking = new WorkerPool("chunking", 1, 16);

    EmbeddingWorker(EmbeddingService service, Embedders embedders, SyncConfig config, Vertx vertx) {
        this.service = service;
        this.embedders = embedders;
        this.config = config;
        this.loop = new Loop("Embedding", vertx, this::round, config.fastestPoll(), config.slowestPoll());
    }

    public void start() {
        loop.poke();
    }

    /** What is being embedded now is finished or, by its lease, done again elsewhere. */
    public void stop() {
        loop.stop(PATIENCE);
    }

    @PreDestroy
    void close() {
        chunking.close();
    }

    void rowsChanged(@Observes RowsChanged event) {
        loop.poke();
    }

    private Uni<Boolean> round() {
        return service.claim(config.embeddingBatch(), config.embeddingLease()).chain(claimed -> Multi.createFrom()
                .iterable(portions(claimed))
                .onItem()
                .transformToUniAndConcatenate(portion -> embedPortion(portion).replaceWith(true))
                .collect()
                .asList()
                .map(done -> !done.isEmpty()));
    }

    /**
     * What is embedded together: a few documents that are quickly done, so that no lease runs out. What has been tried before goes alone:
     * should it have taken the process with it, it takes no others along the next time.
     */
    private static List<List<Work>> portions(List<Work> claimed) {
        List<List<Work>> portions = new ArrayList<>();
        List<Work> portion = new ArrayList<>();
        int length = 0;
        for (Work work : claimed) {
            if (work.task().attempts() > 0) {
                portions.add(List.of(work));
                continue;
            }
            if (length > 0 && length + work.length() > LONGEST_PORTION) {
                portions.add(portion);
                portion = new ArrayList<>();
                length = 0;
            }
            portion.add(work);
            length += work.length();
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }

    private Uni<Void> embedPortion(List<Work> portion) {
        Work first = portion.getFirst();
        if (first.task().attempts() >= config.embeddingAttempts()) {
            return service.park(first, "Every try has ended without a result, as a crash would.");
        }
        return service.begin(portion, config.embeddingLease()).chain(this::embedAll);
    }

    private Uni<Void> embedAll(List<Work> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUniAndConcatenate(this::cut)
                .collect()
                .asList()
                .chain(this::embed)
                .chain(service::store)
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf(failure, "A batch of %d failed; trying each document by itself.", claimed.size());
                    return oneByOne(claimed);
                });
    }

    private Uni<Void> oneByOne(List<Work> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUniAndConcatenate(work -> cut(work)
                        .chain(cut -> embed(List.of(cut)))
                        .chain(service::store)
                        .onFailure()
                        .recoverWithUni(failure -> giveBack(work, failure)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> giveBack(Work work, Throwable failure) {
        String error = String.valueOf(failure);
        String shortened = error.substring(0, Math.min(LONGEST_ERROR, error.length()));
        if (work.task().attempts() >= config.embeddingAttempts()) {
            LOG.errorf(
                    failure,
                    "Document %s cannot be embedded and is parked.",
                    work.document().id());
            return service.park(work, shortened);
        }
        LOG.warnf(
                "Document %s could not be embedded and is tried again: %s",
                work.document().id(), shortened);
        return service.defer(work, shortened, pauseAfter(work.task().attempts()));
    }

    private Duration pauseAfter(int attempts) {
        long pause = config.embeddingBackoff().toMillis() << Math.min(MOST_DOUBLINGS, attempts - 1);
        // Jitter: what failed together should not come back together.
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(Math.max(1, pause)));
    }

    /** A document's passages, before they have vectors. */
    private record Cut(Work work, Embedder embedder, List<Passage> passages) {}

    private Uni<Cut> cut(Work work) {
        return chunking.run(() -> {
            Embedder embedder = embedders.require(work.collection().embedding().model());
            Document document = work.document();
            Chunker chunker = new Chunker(embedder, work.collection().settings().chunking());
            return new Cut(work, embedder, chunker.cut(document.title(), document.content()));
        });
    }

    /** The passages of several documents go to a model together. */
    private Uni<List<Result>> embed(List<Cut> cuts) {
        return Multi.createFrom()
                .iterable(cuts.stream().map(Cut::embedder).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(embedder -> embed(
                        embedder,
                        cuts.stream()
                                .filter(cut -> cut.embedder.equals(embedder))
                                .toList()))
                .collect()
                .asList()
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    private static Uni<List<Result>> embed(Embedder embedder, List<Cut> cuts) {
        List<String> texts = cuts.stream()
                .flatMap(cut -> cut.passages.stream())
                .map(Passage::text)
                .toList();
        return embedder.embedPassages(texts).map(vectors -> results(cuts, vectors));
    }

    private static List<Result> results(List<Cut> cuts, List<Vector> vectors) {
        List<Result> results = new ArrayList<>();
        int next = 0;
        for (Cut cut : cuts) {
            List<Chunk> chunks = new ArrayList<>();
            for (Passage passage : cut.passages) {
                chunks.add(new Chunk(
                        cut.work.document().id(),
                        passage.ordinal(),
                        passage.start(),
                        passage.end(),
                        vectors.get(next++)));
            }
            results.add(new Result(cut.work, chunks));
        }
        return results;
    }
}
