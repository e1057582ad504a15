package dev.tandem.domain.job;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.refusal.Noun;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes longer than a request. It is done in steps. The effects of a step and the progress it makes are committed together, so
 * the replica that resumes the job continues exactly where it stopped.
 *
 * @param order what to do
 * @param progress how much has been done
 * @param attempts how often the next step has been tried, including an attempt in progress
 * @param cancelRequested whether the job has been asked to stop
 */
@Aggregate
public record Job(
        Order order,
        JobState state,
        Progress progress,
        int attempts,
        boolean cancelRequested,
        @Nullable JobFailure failure,
        Times times) {

    /**
     * What a job is to do. It stays the same for the job's lifetime.
     *
     * @param kind the kind of work
     * @param collection the name of the collection, which may have been deleted meanwhile
     * @param parameters what to do, in the format of the kind; empty if the job is only displayed, because they may be large
     */
    public record Order(
            UUID id, String kind, UUID collectionId, String collection, Map<String, @Nullable Object> parameters) {}

    /**
     * How much of a job has been done.
     *
     * @param done how many documents have been processed
     * @param total how many documents there will be; null if that is not known yet
     * @param failed how many documents failed; they are not part of {@code done}
     * @param counts the results by name, as the kind counts them; empty if it doesn't
     * @param cursor where the next step begins, in the format of the kind; null at the beginning
     * @param sequence a search or list that waits for this sequence shows everything that has been done; 0 if nothing has
     */
    public record Progress(
            long done,
            @Nullable Long total,
            long failed,
            Map<String, Long> counts,
            @Nullable String cursor,
            long sequence) {

        /** The progress of a job that has not started. */
        public static Progress none(@Nullable Long total) {
            return new Progress(0, total, 0, Map.of(), null, 0);
        }
    }

    /** When a job was created, started and ended; null for what has not happened yet. */
    public record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    public UUID id() {
        return order.id();
    }

    public String kind() {
        return order.kind();
    }

    public UUID collectionId() {
        return order.collectionId();
    }

    public String collection() {
        return order.collection();
    }

    public Map<String, @Nullable Object> parameters() {
        return order.parameters();
    }

    public long done() {
        return progress.done();
    }

    public @Nullable Long total() {
        return progress.total();
    }

    public long failed() {
        return progress.failed();
    }

    public Map<String, Long> counts() {
        return progress.counts();
    }

    public @Nullable String cursor() {
        return progress.cursor();
    }

    public long sequence() {
        return progress.sequence();
    }

    public Instant createdAt() {
        return times.createdAt();
    }

    public @Nullable Instant startedAt() {
        return times.startedAt();
    }

    public @Nullable Instant endedAt() {
        return times.endedAt();
    }

    public static final Noun NOUN = new Noun("job", "There is no job '%s', or it has been deleted since it ended.");

    /** This job with its parameters, for the replica that executes it. */
    public Job withParameters(Map<String, @Nullable Object> wanted) {
        Order whole = new Order(id(), kind(), collectionId(), collection(), wanted);
        return new Job(whole, state, progress, attempts, cancelRequested, failure, times);
    }
}
