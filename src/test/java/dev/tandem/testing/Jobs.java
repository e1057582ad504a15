package dev.tandem.testing;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.JobRepository;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/** Creates jobs of the {@link ProbeWork probe}, and reads the results of jobs. */
@Singleton
@Unremovable
public class Jobs {

    private final UnitOfWork unitOfWork;
    private final JobRepository jobs;
    private final JobFactory factory;

    Jobs(UnitOfWork unitOfWork, JobRepository jobs, JobFactory factory) {
        this.unitOfWork = unitOfWork;
        this.jobs = jobs;
        this.factory = factory;
    }

    /** A job with that many steps, added as another replica would add it: the runner here must find it. */
    public UUID probe(Collection collection, int steps) {
        Job job = factory.create(ProbeWork.KIND, collection, Map.of(ProbeWork.STEPS, steps), null);
        return get(unitOfWork.write(() -> jobs.add(job)).replaceWith(job.id()));
    }

    public Job now(UUID id) {
        return get(unitOfWork.read(() -> jobs.get(id)));
    }

    /** The job when it has ended. */
    public Job ended(UUID id) {
        return await().atMost(PATIENCE).until(() -> now(id), job -> job.state().isEnded());
    }
}
