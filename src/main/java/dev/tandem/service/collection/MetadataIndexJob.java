package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.MetadataIndexRepository;
import dev.tandem.service.Portions;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings new indexes of metadata the documents that were there before, page by page. Triggers bring all others.
 *
 * <p>The documents of a page are locked in a statement of their own. A lock may have waited for a client that changes the document: only the
 * next statement sees what that client has written.
 */
@Singleton
class MetadataIndexJob implements JobWork.InOneStep {

    static final String KIND = JobKind.INDEX_METADATA.word();

    private static final String NUMBERS = "numbers";
    private static final String UNTIL = "until";
    private static final UUID BEGINNING = new UUID(0, 0);

    /** How many values are deleted in one transaction. */
    private static final int SWEPT_AT_ONCE = 1_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final MetadataIndexRepository indexes;
    private final DocumentPages documents;
    private final JobConfig config;

    MetadataIndexJob(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            MetadataIndexRepository indexes,
            DocumentPages documents,
            JobConfig config) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.indexes = indexes;
        this.documents = documents;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * @param numbers of the indexes
     * @param last the id of the last document that was there before
     */
    static Map<String, @Nullable Object> parameters(List<Long> numbers, UUID last) {
        return Map.of(NUMBERS, numbers, UNTIL, last.toString());
    }

    @Override
    public Uni<Step> step(Job job) {
        UUID after = job.cursor() == null ? BEGINNING : UUID.fromString(job.cursor());
        UUID until = UUID.fromString(String.valueOf(job.parameters().get(UNTIL)));
        List<Long> numbers = numbers(job);
        return documents
                .lockAll(job.collectionId(), after, until, config.step())
                .chain(ids -> ids.isEmpty()
                        ? indexes.finish(numbers).replaceWith(Step.end())
                        : indexes.fill(numbers, ids).map(isDeclared -> next(ids, isDeclared)))
                // A deleted collection has no documents.
                .call(() -> collections.get(job.collectionId(), job.collection()));
    }

    private static Step next(List<UUID> ids, boolean isDeclared) {
        return isDeclared ? Step.to(ids.getLast().toString()).done(ids.size()) : Step.end();
    }

    private static List<Long> numbers(Job job) {
        return job.parameters().get(NUMBERS) instanceof List<?> numbers
                ? numbers.stream().map(number -> ((Number) number).longValue()).toList()
                : List.of();
    }

    /** Gives up indexes whose jobs have ended without them, and deletes what is left of those that are no longer declared. */
    @Override
    public Uni<Void> sweep() {
        return unitOfWork
                .write(() -> indexes.stop(SWEPT_AT_ONCE))
                .chain(() -> Portions.each(() ->
                        unitOfWork.write(() -> indexes.sweep(SWEPT_AT_ONCE)).map(count -> count == SWEPT_AT_ONCE)));
    }
}
