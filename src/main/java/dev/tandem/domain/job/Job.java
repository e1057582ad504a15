package dev.tandem.domain.job;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.refusal.Noun;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes longer than a request. It is done in steps; each step's effects and the count of them are kept together, so that
 * whoever takes it up again goes on exactly where it stopped.
 *
 * @param order what is to be done
 * @param progress how far it is done
 * @param attempts how often the step that comes next has been tried, the try that is under way among them
 * @param cancelRequested whether somebody wants it to stop
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
     * What a job is to do. It stays as long as the job lives.
     *
     * @param kind what sort of work it is
     * @param collection the name of the collection it works on, which may be gone by now
     * @param parameters what is to be done, as the kind understands it; empty where the job is only looked at, as they may be large
     */
    public record Order(
            UUID id, String kind, UUID collectionId, String collection, Map<String, @Nullable Object> parameters) {}

    /**
     * How far a job has come.
     *
     * @param done how many documents it is through with
     * @param total how many there will be; null while nobody knows
     * @param failed how many it could do nothing for, besides those that are done
     * @param counts what was done with them, as the kind counts it; empty where it doesn't
     * @param cursor how far it has come, as the kind understands it; null at the beginning
     * @param sequence a reader who has come this far sees everything that has been done; 0 where nothing has
     */
    public record Progress(
            long done,
            @Nullable Long total,
            long failed,
            Map<String, Long> counts,
            @Nullable String cursor,
            long sequence) {

        /** Where a job begins. */
        public static Progress none(@Nullable Long total) {
            return new Progress(0, total, 0, Map.of(), null, 0);
        }
    }

    /** When a job was made, begun and ended; null for what has not happened yet. */
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

    public static final Noun NOUN = new Noun("job", "There is no job '%s', or not any more.");

    /** This job, for somebody who is to do it. */
    public Job withParameters(Map<String, @Nullable Object> wanted) {
        Order whole = new Order(id(), kind(), collectionId(), collection(), wanted);
        return new Job(whole, state, progress, attempts, cancelRequested, failure, times);
    }
}
