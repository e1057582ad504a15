package dev.tandem.service.byfilter;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.job.ByKeysDraft;
import dev.tandem.factory.job.ByKeysDraft.Named;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deletes the documents that a client has named by their keys; of the same keys, none that was created after the client had asked. */
@Singleton
class DeleteByKeys implements JobWork.InOneStep {

    private static final UUID NOBODY = new UUID(0, 0);

    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final DocumentWriter writer;
    private final ByFilterSteps steps;
    private final JobConfig config;

    DeleteByKeys(
            CollectionRepository collections,
            DocumentRepository documents,
            DocumentWriter writer,
            ByFilterSteps steps,
            JobConfig config) {
        this.collections = collections;
        this.documents = documents;
        this.writer = writer;
        this.steps = steps;
        this.config = config;
    }

    /** Another kind than a deletion by filter: a replica of an earlier release would take keys that it does not know for no filter. */
    @Override
    public String kind() {
        return JobKind.DELETE_BY_KEY.word();
    }

    @Override
    public Uni<Step> step(Job job) {
        List<Named> all = ByKeysDraft.named(job.parameters());
        int from = job.cursor() == null ? 0 : Integer.parseInt(job.cursor());
        int to = Math.min(all.size(), from + ByFilterSteps.most(config.step(), job.attempts()));
        List<Named> next = all.subList(from, to);
        return collections.get(job.collectionId(), job.collection()).chain(owner -> documents
                .sizes(ids(next))
                .map(sizes -> fitting(next, sizes))
                .chain(fitting -> delete(owner, fitting, ByKeysDraft.author(job.parameters()))
                        .map(outcome -> step(from + fitting.size(), all.size(), outcome))));
    }

    private static Step step(int cursor, int end, ByFilterOutcome outcome) {
        Step step = cursor == end ? Step.end() : Step.to(Integer.toString(cursor));
        return step.done(outcome.changed())
                .failed(outcome.failed(), outcome.errors())
                .counts(Map.of("deleted", outcome.changed()))
                .sequence(outcome.sequence());
    }

    /** As many of the first as are not too large together. */
    private List<Named> fitting(List<Named> next, Map<UUID, Long> sizes) {
        List<DocumentSize> ordered = next.stream()
                .map(named -> named.id() == null
                        ? new DocumentSize(NOBODY, 0)
                        : new DocumentSize(named.id(), sizes.getOrDefault(named.id(), 0L)))
                .toList();
        return next.subList(0, steps.fitting(ordered));
    }

    /** Deletes those that are there, in the present transaction, and names the others. */
    Uni<ByFilterOutcome> delete(Collection owner, List<Named> named, @Nullable String author) {
        return documents.lockAll(ids(named)).chain(locked -> writer.remove(owner, locked, author)
                .map(removed -> outcome(
                        named,
                        locked,
                        removed.isEmpty() ? 0 : removed.getFirst().sequence())));
    }

    private static ByFilterOutcome outcome(List<Named> named, List<Document> deleted, long sequence) {
        Set<String> keys = deleted.stream().map(Document::key).collect(Collectors.toSet());
        List<JobError> missing = named.stream()
                .map(Named::key)
                .filter(key -> !keys.contains(key))
                .map(DeleteByKeys::missing)
                .toList();
        return new ByFilterOutcome(deleted.size(), 0, missing.size(), missing, sequence);
    }

    private static JobError missing(String key) {
        Refusal refusal = Refusal.NotFound.of(Document.NOUN, key);
        return new JobError(key, new Violation("", refusal.code(), refusal.detail()));
    }

    private static List<UUID> ids(List<Named> named) {
        return named.stream().map(Named::id).filter(Objects::nonNull).toList();
    }
}
