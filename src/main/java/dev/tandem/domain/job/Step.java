package dev.tandem.domain.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a job has done, and what comes next.
 *
 * @param cursor how far the job has come; null where that is as far as before
 * @param done how many more documents the job is through with
 * @param failed how many more it could do nothing for
 * @param errors what was wrong with those
 * @param counts how many more of what, as the kind counts it
 * @param total how many there will be in all; null where there is nothing new to say
 * @param sequence a reader who has come this far sees what was done; 0 where nothing was
 * @param failure why the job has failed with this step, whose effects stay; null where it hasn't
 */
public record Step(
        Next next,
        @Nullable String cursor,
        long done,
        long failed,
        List<JobError> errors,
        Map<String, Long> counts,
        @Nullable Long total,
        long sequence,
        @Nullable JobFailure failure) {

    /** What comes after a step. */
    public enum Next {
        /** The next step, at once. */
        STEP,
        /** The next step, after a while: something else has to happen first. */
        PAUSE,
        /** Nothing: the job has ended. */
        END
    }

    public static Step to(String cursor) {
        return new Step(Next.STEP, cursor, 0, 0, List.of(), Map.of(), null, 0, null);
    }

    public static Step pause() {
        return new Step(Next.PAUSE, null, 0, 0, List.of(), Map.of(), null, 0, null);
    }

    /** The job has failed, and what it has done stays. */
    public static Step fail(JobFailure failure) {
        return new Step(Next.END, null, 0, 0, List.of(), Map.of(), null, 0, failure);
    }

    public static Step end() {
        return new Step(Next.END, null, 0, 0, List.of(), Map.of(), null, 0, null);
    }

    /** This step, through with so many documents. */
    public Step done(long more) {
        return new Step(next, cursor, more, failed, errors, counts, total, sequence, failure);
    }

    /** This step, having failed for so many documents. */
    public Step failed(long more, List<JobError> found) {
        return new Step(next, cursor, done, more, List.copyOf(found), counts, total, sequence, failure);
    }

    /** This step, having counted so many more. */
    public Step counts(Map<String, Long> more) {
        return new Step(next, cursor, done, failed, errors, Map.copyOf(more), total, sequence, failure);
    }

    /** This step, knowing how many there will be in all. */
    public Step total(long all) {
        return new Step(next, cursor, done, failed, errors, counts, all, sequence, failure);
    }

    /** This step, visible to whoever has come to the sequence. */
    public Step sequence(long reached) {
        return new Step(next, cursor, done, failed, errors, counts, total, reached, failure);
    }
}
