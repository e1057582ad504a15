package dev.tandem.service.transfer;

import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.transfer.PackedLines;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.repository.HeldJobRepository;
import dev.tandem.repository.ImportPageRepository;
import dev.tandem.repository.JobRepository;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.job.JobConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The rows of imports that are being received: their lines, and the claims on their jobs. All but {@link #pack} belongs into a transaction.
 * What is done with a claim that is lost fails with {@link dev.tandem.domain.job.ClaimLost}.
 */
@Singleton
class SpooledLines {

    private final JobRepository jobs;
    private final HeldJobRepository held;
    private final ImportPageRepository pages;
    private final JudgingThreads threads;
    private final JobConfig config;

    SpooledLines(
            JobRepository jobs,
            HeldJobRepository held,
            ImportPageRepository pages,
            JudgingThreads threads,
            JobConfig config) {
        this.jobs = jobs;
        this.held = held;
        this.pages = pages;
        this.threads = threads;
        this.config = config;
    }

    /** Adds the job of an import that arrives, in the hands of its receiver. */
    Uni<Void> begin(HeldJob claim) {
        return held.add(claim, config.lease());
    }

    /** Makes lines small. */
    Uni<PackedLines> pack(List<RawLine> lines) {
        return threads.judgeLines(() -> PackedLines.of(lines));
    }

    /** Keeps more lines, and the claim for another lease. */
    Uni<Void> add(HeldJob claim, long ordinal, PackedLines lines) {
        return renew(claim).chain(() -> pages.add(claim.job().id(), ordinal, lines));
    }

    /** Keeps the claim for another lease. */
    Uni<Void> renew(HeldJob claim) {
        return held.renew(claim, config.lease());
    }

    /** Leaves the job, whose lines are all there, to the replica that takes it first. */
    Uni<Job> offer(HeldJob claim, long lines) {
        return held.offer(claim, lines).chain(() -> jobs.get(claim.job().id()));
    }

    /** Deletes the job and its lines. */
    Uni<Void> withdraw(HeldJob claim) {
        return held.withdraw(claim);
    }

    /** Deletes lines that jobs have left over, so many pages at most; answers how many pages it was. */
    Uni<Integer> prune(int limit) {
        return pages.prune(limit);
    }
}
