package dev.tandem.domain.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one step of a job, and what comes next.
 *
 * @param cursor where the next step begins; null if that has not changed
 * @param done how many more documents have been processed; negative if some of those that were no longer count
 * @param failed how many more documents failed; negative if some have been mended
 * @param errors why they failed
 * @param counts the increments of the job's results, by name
 * @param total how many documents there will be in all; null if that has not changed
 * @param sequence a search or list that waits for this sequence shows what was done; 0 if nothing was
 * @param failure why the job fails with this step, whose effects stay; null if it doesn't
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
        /** The next step follows at once. */
        STEP,
        /** The next step follows after a pause: something else has to happen first. */
        PAUSE,
        /** The job has ended. */
        END
    }

    public static Step to(String cursor) {
        return new Step(Next.STEP, cursor, 0, 0, List.of(), Map.of(), null, 0, null);
    }

    public static Step pause() {
        return new Step(Next.PAUSE, null, 0, 0, List.of(), Map.of(), null, 0, null);
    }

    /** The job fails. What it has done stays. */
    public static Step fail(JobFailure failure) {
        return new Step(Next.END, null, 0, 0, List.of(), Map.of(), null, 0, failure);
    }

    public static Step end() {
        return new Step(Next.END, null, 0, 0, List.of(), Map.of(), null, 0, null);
    }

    /** This step, after which the next one begins there. */
    public Step at(String place) {
        return new Step(next, place, done, failed, errors, counts, total, sequence, failure);
    }

    /** This step with that many more documents processed. */
    public Step done(long more) {
        return new Step(next, cursor, more, failed, errors, counts, total, sequence, failure);
    }

    /** This step with that many more failed documents. */
    public Step failed(long more, List<JobError> found) {
        return new Step(next, cursor, done, more, List.copyOf(found), counts, total, sequence, failure);
    }

    /** This step with these increments of the job's results. */
    public Step counts(Map<String, Long> more) {
        return new Step(next, cursor, done, failed, errors, Map.copyOf(more), total, sequence, failure);
    }

    /** This step with the total number of documents. */
    public Step total(long all) {
        return new Step(next, cursor, done, failed, errors, counts, all, sequence, failure);
    }

    /** This step with the sequence from which its effects are visible. */
    public Step sequence(long reached) {
        return new Step(next, cursor, done, failed, errors, counts, total, reached, failure);
    }
}
