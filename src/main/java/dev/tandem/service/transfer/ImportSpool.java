package dev.tandem.service.transfer;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.ClaimLost;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.Portions;
import dev.tandem.service.job.JobAdded;
import dev.tandem.service.job.JobConfig;
import dev.tandem.work.Heartbeat;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Stores the lines of imports for jobs. While lines arrive, the receiving replica holds the job; after that, any replica can execute it. If
 * lines stop arriving, even because the receiver has crashed, nothing of them stays: the job ends with nothing done.
 */
@ApplicationScoped
public class ImportSpool {

    private static final Logger LOG = Logger.getLogger(ImportSpool.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int PRUNED_AT_ONCE = 100;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final JobFactory factory;
    private final SpooledLines spooled;
    private final JobConfig config;
    private final Event<JobAdded> jobAdded;
    private final Vertx vertx;

    ImportSpool(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            JobFactory factory,
            SpooledLines spooled,
            JobConfig config,
            Event<JobAdded> jobAdded,
            Vertx vertx) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.factory = factory;
        this.spooled = spooled;
        this.config = config;
        this.jobAdded = jobAdded;
        this.vertx = vertx;
    }

    /**
     * Starts to receive an import. Fails as {@link ImportService#open} does, and with {@link Refusal.Conflict} if the request has found the collection
     * by an alias that leads to another one by now. From now on there is a job that writes into the collection.
     */
    public Uni<Reception> open(String collection, ImportOptions options) {
        return unitOfWork
                .write(() -> collections
                        .get(collection)
                        .invoke(Collection::refuseIfDerived)
                        .call(owner -> collections.requireStill(collection, owner))
                        .map(owner -> new HeldJob(
                                factory.create(ImportJob.KIND, owner, options.toParameters(), null), UUID.randomUUID()))
                        .call(spooled::begin))
                .map(Reception::new);
    }

    /** Deletes lines that ended jobs have left, in steps and at most a certain number of them. */
    public Uni<Void> prune() {
        return Portions.each(
                () -> unitOfWork.write(() -> spooled.prune(PRUNED_AT_ONCE)).map(count -> count == PRUNED_AT_ONCE));
    }

    private static Refusal.Unavailable interrupted(Throwable lost) {
        LOG.debug(lost.getMessage());
        return new Refusal.Unavailable(
                "import.interrupted", "This import could not be stored. No line of it has been written.", RETRY_AFTER);
    }

    /**
     * An import that is being received. Calls must not overlap. A call that fails with {@link Refusal.Unavailable} may be repeated;
     * otherwise the import must be abandoned.
     */
    public final class Reception {

        private final HeldJob claim;
        private final Heartbeat heartbeat;
        private boolean closed;
        private long page;
        private long lines;

        private Reception(HeldJob claim) {
            this.claim = claim;
            this.heartbeat =
                    new Heartbeat(vertx, config.lease(), "job " + claim.job().id(), this::renew);
            heartbeat.start();
        }

        /** Stores more lines. */
        public Uni<Void> add(List<RawLine> more) {
            long ordinal = ++page;
            lines += more.size();
            return spooled.pack(more)
                    .chain(packed -> unitOfWork.write(() -> spooled.add(claim, ordinal, packed)))
                    .onFailure(ClaimLost.class)
                    .transform(ImportSpool::interrupted);
        }

        /** All lines have arrived: the job can start. */
        public Uni<Job> close() {
            return unitOfWork
                    .write(() -> spooled.offer(claim, lines))
                    .onFailure(ClaimLost.class)
                    .transform(ImportSpool::interrupted)
                    .invoke(() -> {
                        closed = true;
                        heartbeat.stop();
                        jobAdded.fire(new JobAdded());
                    });
        }

        /** No more lines will arrive. Deletes the job, unless {@link #close} has completed. */
        public Uni<Void> abandon() {
            if (closed) {
                return Uni.createFrom().voidItem();
            }
            heartbeat.stop();
            return unitOfWork.write(() -> spooled.withdraw(claim)).onFailure().recoverWithUni(failure -> {
                LOG.debugf(
                        failure,
                        "Job %s, whose lines did not all arrive, ends with its lease.",
                        claim.job().id());
                return Uni.createFrom().voidItem();
            });
        }

        private Uni<Void> renew() {
            return unitOfWork.write(() -> spooled.renew(claim));
        }
    }
}
