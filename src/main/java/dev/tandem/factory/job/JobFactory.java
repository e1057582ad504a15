package dev.tandem.factory.job;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Job.Order;
import dev.tandem.domain.job.Job.Progress;
import dev.tandem.domain.job.Job.Times;
import dev.tandem.domain.job.JobState;
import dev.tandem.factory.Identities;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes jobs. Their parameters have been checked before. */
@Singleton
public class JobFactory {

    private final Identities identities;

    JobFactory(Identities identities) {
        this.identities = identities;
    }

    /**
     * A job on a collection that no replica has started.
     *
     * @param total how many documents there are to process; null if that is not known
     */
    public Job create(
            String kind, Collection collection, Map<String, @Nullable Object> parameters, @Nullable Long total) {
        return new Job(
                new Order(identities.next(), kind, collection.id(), collection.name(), parameters),
                JobState.QUEUED,
                Progress.none(total),
                0,
                false,
                null,
                new Times(identities.now(), null, null));
    }
}
