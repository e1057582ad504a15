package dev.tandem.domain.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes longer than a request. It is done in steps; each step's effects and the count of them are kept together, so that
 * whoever takes it up again goes on exactly where it stopped.
 *
 * @param kind what sort of work it is
 * @param collection the name of the collection it works on, which may be gone by now
 * @param parameters what is to be done, as the kind understands it; empty where the job is only looked at, as they may be large
 * @param done how many documents it is through with
 * @param total how many there will be; null while nobody knows
 * @param failed how many it could do nothing for, besides those that are done
 * @param counts what was done with them, as the kind counts it; empty where it doesn't
 * @param cursor how far it has come, as the kind understands it; null at the beginning
 * @param sequence a reader who has come this far sees everything that has been done; 0 where nothing has
 * @param attempts how often the step that comes next has been tried, the try that is under way among them
 * @param cancelRequested whether somebody wants it to stop
 */
public record Job(
        UUID id,
        String kind,
        UUID collectionId,
        String collection,
        Map<String, @Nullable Object> parameters,
        JobState state,
        long done,
        @Nullable Long total,
        long failed,
        Map<String, Long> counts,
        @Nullable String cursor,
        long sequence,
        int attempts,
        boolean cancelRequested,
        @Nullable JobFailure failure,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** This job, for somebody who is to do it. */
    public Job withParameters(Map<String, @Nullable Object> wanted) {
        return new Job(
                id,
                kind,
                collectionId,
                collection,
                wanted,
                state,
                done,
                total,
                failed,
                counts,
                cursor,
                sequence,
                attempts,
                cancelRequested,
                failure,
                createdAt,
                startedAt,
                endedAt);
    }
}
