package dev.tandem.service.embedding;

import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.work.Backoff;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

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

    FailedAttempts(EmbeddingTasks tasks, Models models, EmbeddingPolicy policy) {
        this.tasks = tasks;
        this.models = models;
        this.backoff = new Backoff(policy.embeddingBackoff(), LONGEST_PAUSE);
        this.mostAttempts = policy.embeddingAttempts();
    }

    /** Whether the document itself caused the failure, and not something that the attempt depends on. */
    static boolean isOfDocument(Throwable failure) {
        return !(failure instanceof Stopped
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
     */
    Uni<Void> postpone(List<Work> work, Throwable failure) {
        return switch (failure) {
            case Stopped stopped -> tasks.giveBack(work, null);
            case ModelUnavailable unavailable -> {
                models.unavailable(work.getFirst().model(), unavailable.reason());
                yield tasks.giveBack(work, excerpt(unavailable.reason()));
            }
            default -> Uni.createFrom().failure(failure);
        };
    }

    /** Schedules another attempt, or parks the document after its last one. */
    Uni<Void> blame(Work work, Throwable failure) {
        String error = excerpt(failure);
        if (work.attempts() >= mostAttempts) {
            LOG.errorf(failure, "Document %s cannot be embedded and is parked.", work.id());
            return tasks.park(work, error);
        }
        LOG.warnf("Document %s could not be embedded and will be tried again: %s", work.id(), error);
        return tasks.defer(work, error, backoff.jitteredAfter(work.attempts()));
    }

    private static String excerpt(Throwable failure) {
        return Excerpt.of(String.valueOf(failure), LONGEST_ERROR);
    }
}
