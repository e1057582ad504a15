package dev.tandem.service.collection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.MetadataIndex;
import dev.tandem.domain.job.Job;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.repository.MetadataIndexRepository;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Declares indexes of metadata, and drops those that are no longer declared. A job brings a new one the documents that are there. */
@Singleton
class MetadataIndexing {

    private final CollectionRepository collections;
    private final MetadataIndexRepository indexes;
    private final DocumentPages documents;
    private final JobService jobs;
    private final JobFactory factory;

    MetadataIndexing(
            CollectionRepository collections,
            MetadataIndexRepository indexes,
            DocumentPages documents,
            JobService jobs,
            JobFactory factory) {
        this.collections = collections;
        this.indexes = indexes;
        this.documents = documents;
        this.jobs = jobs;
        this.factory = factory;
    }

    /**
     * Makes the indexes of a collection, which this transaction has locked, those that it is to have. Fails with {@link
     * dev.tandem.domain.refusal.Refusal.Unavailable} if documents have to be indexed and too many jobs are open.
     *
     * @param again whether the client has said which indexes there are to be: then those begin anew that nobody will finish otherwise
     */
    Uni<Void> declare(Collection current, Collection changed, boolean again) {
        return hasToChange(current, changed, again)
                .chain(change ->
                        change ? change(current, changed) : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> hasToChange(Collection current, Collection changed, boolean again) {
        boolean isSame = changed.settings().indexes().equals(current.settings().indexes());
        return isSame && again && !changed.settings().indexes().isEmpty()
                ? indexes.of(current.id()).map(declared -> declared.stream().anyMatch(MetadataIndex::isStopped))
                : Uni.createFrom().item(!isSame);
    }

    private Uni<Void> change(Collection current, Collection changed) {
        // Whoever adds a document from now on sees what is declared, and all others have ended.
        return collections
                .lockAgainstAdding(current)
                .chain(() -> indexes.declare(changed, false))
                .chain(numbers -> numbers.isEmpty() ? Uni.createFrom().voidItem() : fill(changed, numbers));
    }

    private Uni<Void> fill(Collection owner, List<Long> numbers) {
        return documents
                .last(owner.id())
                .chain(last -> last == null ? indexes.finish(numbers) : fill(owner, numbers, last));
    }

    private Uni<Void> fill(Collection owner, List<Long> numbers, UUID last) {
        Job job = factory.create(MetadataIndexJob.KIND, owner, MetadataIndexJob.parameters(numbers, last), null);
        return jobs.addInside(job).chain(() -> indexes.fillBy(job.id(), numbers));
    }
}
