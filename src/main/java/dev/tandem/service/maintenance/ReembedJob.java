package dev.tandem.service.maintenance;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.EmbeddingTaskRepository;
import dev.tandem.repository.ParkedTaskRepository;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobExecutor;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes all vectors of a collection's model again. First it adds the tasks, page by page. Then it waits until they are done. A document
 * counts as done when it has been embedded, and as failed if it has been parked.
 */
@Singleton
class ReembedJob implements JobWork.InOneStep {

    private static final String UNTIL = "until";
    private static final UUID BEGINNING = new UUID(0, 0);

    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final EmbeddingTaskRepository tasks;
    private final ParkedTaskRepository parkedTasks;
    private final JobConfig config;

    ReembedJob(
            CollectionRepository collections,
            DocumentPages documents,
            EmbeddingTaskRepository tasks,
            ParkedTaskRepository parkedTasks,
            JobConfig config) {
        this.collections = collections;
        this.documents = documents;
        this.tasks = tasks;
        this.parkedTasks = parkedTasks;
        this.config = config;
    }

    @Override
    public String kind() {
        return JobKind.REEMBED.word();
    }

    /** @param last the id of the last document; null if there are no documents */
    static Map<String, @Nullable Object> parameters(@Nullable UUID last) {
        return Map.of(UNTIL, String.valueOf(last == null ? BEGINNING : last));
    }

    @Override
    public Uni<Step> step(Job job) {
        Uni<Step> step = job.total() == null ? ask(job) : await(job, job.total());
        // Read the collection last: its tasks are deleted with it, and would count as done if it were deleted after an
        // earlier look.
        return step.call(() -> collections.get(job.collectionId(), job.collection()));
    }

    /** How many documents have been asked for, and the last of them. */
    private record Asked(long count, UUID last) {

        static Asked of(@Nullable String cursor) {
            if (cursor == null) {
                return new Asked(0, BEGINNING);
            }
            String[] parts = cursor.split(" ", 2);
            return new Asked(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
        }

        String cursor() {
            return count + " " + last;
        }
    }

    private Uni<Step> ask(Job job) {
        Asked before = Asked.of(job.cursor());
        UUID until = UUID.fromString(String.valueOf(job.parameters().get(UNTIL)));
        return documents
                .lockEmbedded(job.collectionId(), before.last, until, config.step())
                .chain(ids -> {
                    if (ids.isEmpty()) {
                        return Uni.createFrom().item(Step.to(before.cursor()).total(before.count));
                    }
                    Asked now = new Asked(before.count + ids.size(), ids.getLast());
                    return tasks.redo(job.id(), ids).replaceWith(Step.to(now.cursor()));
                });
    }

    private Uni<Step> await(Job job, long total) {
        return parkedTasks.left(job.id()).chain(left -> {
            long done = total - left.pending() - left.parked() - job.done();
            if (left.pending() > 0) {
                return Uni.createFrom().item(Step.pause().done(done));
            }
            return parkedTasks
                    .ofJob(job.id(), JobExecutor.MOST_ERRORS)
                    .map(parked -> Step.end().done(done).failed(left.parked(), errors(parked)));
        });
    }

    private static List<JobError> errors(Map<String, String> parked) {
        return parked.entrySet().stream()
                .map(one -> new JobError(one.getKey(), new Violation("", "document.not_embedded", one.getValue())))
                .toList();
    }
}
