package dev.tandem.service.embedding;

import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.work.Backoff;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides what happens to documents after a failed attempt. */
@Singleton
class FailedAttempts {

    private static final Logger LOG = Logger.getLogger(FailedAttempts.class);
    private static final int LONGEST_ERROR = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final EmbeddingTasks tasks;
    private final Models models;
    private final Backoff backoff;
    private final int mostAttempts;
    /** The collections that the log has named. */
    private final Set<UUID> reported = ConcurrentHashMap.newKeySet();

    FailedAttempts(EmbeddingTasks tasks, Models models, EmbeddingPolicy policy) {
        this.tasks = tasks;
        this.models = models;
        this.backoff = new Backoff(policy.embeddingBackoff(), LONGEST_PAUSE);
        this.mostAttempts = policy.embeddingAttempts();
    }

    /** Whether the document itself caused the failure, and not something that the attempt depends on. */
    static boolean isOfDocument(Throwable failure) {
        return !(failure instanceof ModelCalls.Stopped
                || failure instanceof ModelUnavailable
                || failure instanceof Refusal.Unavailable);
    }

    /** Whether a document has used up its attempts without any error: each attempt ended with its process. */
    boolean isGivenUp(Work work) {
        return work.attempts() > mostAttempts;
    }

    Uni<Void> giveUp(Work work) {
        return tasks.park(work, "Every attempt ended without a result, as if the process had crashed.");
    }

    /**
     * Gives documents back that did not cause the failure, without counting an attempt. Fails like the attempt if the database is
     * unavailable.
     *
     * @param work of the model; none if all of it has been stored or given back already
     */
    Uni<Void> postpone(String model, List<Work> work, Throwable failure) {
        return switch (failure) {
            case ModelCalls.Stopped stopped -> tasks.giveBack(work, null);
            case ModelUnavailable unavailable -> {
                models.unavailable(model, unavailable.reason());
                yield tasks.giveBack(work, excerpt(String.valueOf(unavailable.reason())));
            }
            default -> Uni.createFrom().failure(failure);
        };
    }

    /** Gives a document back that the model's vectors do not fit, without counting an attempt, and logs that once for its collection. */
    Uni<Void> putOff(Work work, Refusal.Unavailable misfit) {
        if (reported.add(work.collection().id())) {
            LOG.errorf(
                    "The documents of the collection %s wait for another embedding model: %s",
                    work.collection().name(), misfit.detail());
        }
        return tasks.defer(work, excerpt(misfit.detail()), misfit.retryAfter());
    }

    /** Schedules another attempt, or parks the document after its last one. */
    Uni<Void> blame(Work work, Throwable failure) {
        return blame(work, String.valueOf(failure), failure);
    }

    /** The same for a failure whose reason says everything. */
    Uni<Void> blame(Work work, String reason) {
        return blame(work, reason, null);
    }

    private Uni<Void> blame(Work work, String reason, @Nullable Throwable failure) {
        String error = excerpt(reason);
        if (work.attempts() >= mostAttempts) {
            LOG.errorf(failure, "Document %s cannot be embedded and is parked: %s", work.id(), error);
            return tasks.park(work, error);
        }
        LOG.warnf("Document %s could not be embedded and will be tried again: %s", work.id(), error);
        return tasks.defer(work, error, backoff.jitteredAfter(work.attempts()));
    }

    private static String excerpt(String error) {
        return Excerpt.of(error, LONGEST_ERROR);
    }
}
