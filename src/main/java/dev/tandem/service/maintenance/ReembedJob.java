package dev.tandem.service.maintenance;

import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.EmbeddingTaskRepository;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
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
    private static final String SET = "vectorSet";

    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final EmbeddingTaskRepository tasks;
    private final AskedVectors remaining;
    private final JobConfig config;

    ReembedJob(
            CollectionRepository collections,
            DocumentPages documents,
            EmbeddingTaskRepository tasks,
            AskedVectors remaining,
            JobConfig config) {
        this.collections = collections;
        this.documents = documents;
        this.tasks = tasks;
        this.remaining = remaining;
        this.config = config;
    }

    @Override
    public String kind() {
        return JobKind.REEMBED.word();
    }

    /**
     * @param set whose vectors are made again
     * @param last the id of the last document; null if there are no documents
     */
    static Map<String, @Nullable Object> parameters(VectorSet set, @Nullable UUID last) {
        return Map.of(
                UNTIL,
                String.valueOf(last == null ? AskedDocuments.BEGINNING : last),
                SET,
                Integer.toString(set.number()));
    }

    @Override
    public Uni<Step> step(Job job) {
        Uni<Step> step = job.total() == null ? ask(job) : await(job, job.total());
        // Read the collection last: its tasks are deleted with it, and would count as done if it were deleted after an
        // earlier look.
        return step.call(() -> collections.get(job.collectionId(), job.collection()));
    }

    private Uni<Step> ask(Job job) {
        AskedDocuments before = AskedDocuments.of(job.cursor());
        UUID until = UUID.fromString(String.valueOf(job.parameters().get(UNTIL)));
        // Jobs from before there were several sets name none.
        int set = Integer.parseInt(String.valueOf(job.parameters().getOrDefault(SET, "0")));
        return documents
                .lockEmbedded(job.collectionId(), set, before.last(), until, config.step())
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(Step.to(before.cursor()).total(before.count()))
                        : tasks.redo(job.id(), set, ids)
                                .replaceWith(Step.to(before.and(ids).cursor())));
    }

    private Uni<Step> await(Job job, long total) {
        return remaining
                .of(job, total)
                .chain(left -> left.isPending()
                        ? Uni.createFrom().item(Step.pause().done(left.done()))
                        : remaining.end(job, left));
    }
}
