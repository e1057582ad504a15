package dev.tandem.service.job;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import io.smallrye.mutiny.Uni;

/**
 * The work of one kind of job. A bean of this type is found by its {@link #kind()}; nothing else needs to be registered.
 *
 * <p>If a step fails with a {@link dev.tandem.domain.refusal.Refusal}, the job fails. The exception is
 * {@link dev.tandem.domain.refusal.Refusal.Unavailable}: the step is then repeated until it succeeds, but only a few times if the code is
 * {@link dev.tandem.domain.refusal.Refusal.Unavailable#TIMEOUT}. After any other failure the step is repeated a few times.
 */
public interface JobWork {

    /** The name of the kind, in rows and answers. */
    String kind();

    /** Prepares the next bounded piece outside of any transaction. Expensive computing belongs here. */
    Uni<Prepared> prepare(Job job);

    /** Deletes the rows that ended jobs of this kind have left, in portions and at most a certain number of them. */
    default Uni<Void> sweep() {
        return Uni.createFrom().voidItem();
    }

    /** A prepared piece of a job. */
    @FunctionalInterface
    interface Prepared {

        /**
         * Executes the piece and returns the job's progress. It runs in a transaction that also stores the progress, and that may be rolled
         * back and repeated. So its only effects must be on rows, and it must wait only for the database.
         */
        Uni<Step> run();
    }

    /** Work that needs no preparation. */
    interface InOneStep extends JobWork {

        /** Executes the next bounded piece, as {@link Prepared#run} does. */
        Uni<Step> step(Job job);

        @Override
        default Uni<Prepared> prepare(Job job) {
            return Uni.createFrom().item((Prepared) () -> step(job));
        }
    }
}
