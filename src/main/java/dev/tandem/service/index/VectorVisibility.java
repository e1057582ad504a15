package dev.tandem.service.index;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.VectorProgressRepository;
import dev.tandem.repository.VectorProgressRepository.Vectors;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.document.Written;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Waits until vector searches on this replica find what was written, by the vectors that a model has made. One query serves all waiters. It
 * runs when rows change here, and at least every 100 ms while there are waiters, because other replicas embed too.
 *
 * <p>It does not wait for parked documents or for vectors that a job makes again.
 */
@ApplicationScoped
public class VectorVisibility {

    private static final Logger LOG = Logger.getLogger(VectorVisibility.class);
    private static final long POLL_MILLIS = 100;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final UnitOfWork unitOfWork;
    private final VectorProgressRepository repository;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final IndexingService indexing;
    private final Vertx vertx;

    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private boolean looking;
    private boolean lookAgain;
    private boolean isTimed;

    VectorVisibility(
            UnitOfWork unitOfWork,
            VectorProgressRepository repository,
            CollectionRepository collections,
            DocumentRepository documents,
            IndexingService indexing,
            Vertx vertx) {
        this.unitOfWork = unitOfWork;
        this.repository = repository;
        this.collections = collections;
        this.documents = documents;
        this.indexing = indexing;
        this.vertx = vertx;
    }

    private record Waiter(UUID collectionId, long sequence, UniEmitter<? super List<Long>> emitter) {}

    /**
     * Waits, up to a limit, until keyword and vector searches here show what a collection's transactions up to the sequence wrote. Returns
     * whether they show it.
     */
    public Uni<Boolean> await(UUID collectionId, long sequence, Duration atMost) {
        return CallerContext.keep(Uni.createFrom().deferred(() -> {
            long end = System.nanoTime() + atMost.toNanos();
            return indexing.awaitVisible(collectionId, sequence, atMost)
                    .chain(words -> words ? awaitVectors(collectionId, sequence, end) : no());
        }));
    }

    /** Whether vector searches can find the written document by now. */
    public Uni<EmbeddingState> of(Written written) {
        Document document = written.document();
        return unitOfWork
                .read(() -> collections
                        .find(document.collectionId())
                        .chain(owner -> owner == null
                                ? Uni.createFrom().item(false)
                                : documents.byIds(Set.of(document.id())).map(found -> found.stream()
                                        .anyMatch(now -> now.version() == document.version()
                                                && now.isEmbedded(owner.searched())))))
                .map(isEmbedded -> isEmbedded ? EmbeddingState.CURRENT : written.embedding());
    }

    /** First the rows must have all vectors. Then the index must show the transactions that stored them. */
    private Uni<Boolean> awaitVectors(UUID collectionId, long sequence, long end) {
        return awaitStored(collectionId, sequence)
                .onItem()
                .transformToUni(stored -> awaitVisible(collectionId, stored, end))
                .ifNoItem()
                .after(left(end))
                .recoverWithItem(false);
    }

    private Uni<List<Long>> awaitStored(UUID collectionId, long sequence) {
        return Uni.createFrom().emitter(emitter -> {
            Waiter waiter = new Waiter(collectionId, sequence, emitter);
            waiting.add(waiter);
            emitter.onTermination(() -> waiting.remove(waiter));
            look();
        });
    }

    private Uni<Boolean> awaitVisible(UUID collectionId, List<Long> sequences, long end) {
        Uni<Boolean> all = Uni.createFrom().item(true);
        for (long sequence : sequences) {
            all = all.chain(shown -> shown ? indexing.awaitVisible(collectionId, sequence, left(end)) : no());
        }
        return all;
    }

    void rowsChanged(@Observes RowsChanged event) {
        if (waiting.stream().anyMatch(waiter -> waiter.collectionId.equals(event.collectionId()))) {
            look();
        }
    }

    /** Runs the query now, or once more after the present run. */
    private void look() {
        synchronized (this) {
            if (looking) {
                lookAgain = true;
                return;
            }
            looking = true;
        }
        lookNow();
    }

    private void lookNow() {
        // A waiter that arrives during the query may need something that the query did not see.
        List<Waiter> asked = List.copyOf(waiting);
        Set<UUID> collectionIds = asked.stream().map(Waiter::collectionId).collect(toUnmodifiableSet());
        unitOfWork
                .read(() -> repository.of(collectionIds))
                .subscribe()
                .with(
                        vectors -> {
                            serve(asked, vectors);
                            end();
                        },
                        failure -> {
                            LOG.debugf(failure, "The progress of vectors could not be read.");
                            end();
                        });
    }

    private void serve(List<Waiter> asked, Map<UUID, Vectors> vectors) {
        for (Waiter waiter : asked) {
            Vectors now = vectors.get(waiter.collectionId);
            if (now != null && now.pending() > waiter.sequence && waiting.remove(waiter)) {
                waiter.emitter.complete(now.stored());
            }
        }
    }

    private void end() {
        boolean again;
        boolean later;
        synchronized (this) {
            again = lookAgain;
            lookAgain = false;
            looking = again;
            later = !again && !isTimed && !waiting.isEmpty();
            isTimed |= later;
        }
        if (again) {
            // Goes through the event loop: otherwise a long series of queries would become one deep call stack.
            vertx.runOnContext(ignored -> lookNow());
        } else if (later) {
            vertx.setTimer(POLL_MILLIS, ignored -> lookAtTheTime());
        }
    }

    private void lookAtTheTime() {
        synchronized (this) {
            isTimed = false;
        }
        look();
    }

    private static Duration left(long end) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(MOMENT) < 0 ? MOMENT : left;
    }

    private static Uni<Boolean> no() {
        return Uni.createFrom().item(false);
    }
}
