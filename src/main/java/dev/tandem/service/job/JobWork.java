package dev.tandem.service.job;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import io.smallrye.mutiny.Uni;

/**
 * A kind of job: what its steps do. A bean of this type is found by its {@link #kind()}; there is nothing else to register.
 *
 * <p>A {@link dev.tandem.domain.refusal.Refusal} ends the job, except for {@link dev.tandem.domain.refusal.Refusal.Unavailable}, after which it
 * is tried again later: as often as it takes, but only a few times where it says {@link dev.tandem.domain.refusal.Refusal.Unavailable#TIMEOUT}.
 * Any other failure is tried again a few times.
 */
public interface JobWork {

    /** The name of the kind, in rows and answers. */
    String kind();

    /**
     * Gets the next bounded piece ready, outside of any transaction: here is time to calculate.
     */
    Uni<Prepared> prepare(Job job);

    /** A piece of a job that is ready to be done. */
    @FunctionalInterface
    interface Prepared {

        /**
         * Does it, and says how far the job is then. It runs in a transaction that also notes what it says, or is rolled back and done
         * again: so it must have no effects besides those on rows, and wait for nothing but the database.
         */
        Uni<Step> run();
    }

    /** Work with nothing to get ready. */
    interface InOneStep extends JobWork {

        /** Does the next bounded piece, as {@link Prepared#run} does. */
        Uni<Step> step(Job job);

        @Override
        default Uni<Prepared> prepare(Job job) {
            return Uni.createFrom().item((Prepared) () -> step(job));
        }
    }
}
