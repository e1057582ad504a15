package dev.tandem.service.byfilter;

import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes by filter that are made by jobs. */
@Singleton
class ByFilterJobs {

    private static final UUID BEGINNING = new UUID(0, 0);

    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final JobService jobs;
    private final JobFactory factory;

    ByFilterJobs(CollectionRepository collections, DocumentPages documents, JobService jobs, JobFactory factory) {
        this.collections = collections;
        this.documents = documents;
        this.jobs = jobs;
        this.factory = factory;
    }

    /**
     * Adds the job.
     *
     * @param total how many documents match; null if they have not been counted
     */
    Uni<ByFilterAnswer> begin(ByFilterWork work, String collection, ByFilterDraft draft, @Nullable Long total) {
        return jobs.add(
                () -> collections.get(collection).invoke(ByFilterSteps::check).chain(owner -> documents
                        .last(owner.id())
                        .map(last -> factory.create(
                                work.kind(), owner, draft.toParameters(last == null ? BEGINNING : last), total))),
                ByFilterAnswer.Begun::new);
    }
}
