package dev.tandem.sync;

import dev.tandem.domain.error.Refusal;
import dev.tandem.service.EmbeddingService;
import dev.tandem.service.EmbeddingService.Work;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
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
    private final SyncConfig config;
    private final Loop loop;

    EmbeddingWorker(EmbeddingService service, SyncConfig config, Vertx vertx) {
        this.service = service;
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
        return service.begin(portion, config.embeddingLease())
                .chain(begun -> begun.isEmpty() ? Uni.createFrom().voidItem() : embedAll(begun));
    }

    private Uni<Void> embedAll(List<Work> claimed) {
        return service.embed(claimed).chain(service::store).onFailure().recoverWithUni(failure -> {
            if (failure instanceof Refusal.Unavailable) {
                return postpone(claimed, failure);
            }
            LOG.debugf(failure, "A batch of %d failed; trying each document by itself.", claimed.size());
            return oneByOne(claimed);
        });
    }

    /** Whatever is away is no document's fault: this was no try. */
    private Uni<Void> postpone(List<Work> claimed, Throwable failure) {
        LOG.warnf("%d documents are embedded later: %s", claimed.size(), failure);
        return service.postpone(claimed, String.valueOf(failure), pauseAfter(1));
    }

    private Uni<Void> oneByOne(List<Work> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUniAndConcatenate(work -> service.embed(List.of(work))
                        .chain(service::store)
                        .onFailure()
                        .recoverWithUni(failure -> giveBack(work, failure)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> giveBack(Work work, Throwable failure) {
        if (failure instanceof Refusal.Unavailable) {
            return postpone(List.of(work), failure);
        }
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
}
