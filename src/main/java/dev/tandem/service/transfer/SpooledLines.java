package dev.tandem.service.transfer;

import dev.tandem.domain.access.Authorship;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.transfer.PackedLines;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.repository.HeldJobRepository;
import dev.tandem.repository.ImportPageRepository;
import dev.tandem.repository.JobRepository;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The rows of imports that are being received: their lines, and the claims on their jobs. Everything but {@link #pack} must run in a
 * transaction. Work under a lost claim fails with {@link dev.tandem.domain.job.ClaimLost}.
 */
@Singleton
class SpooledLines {

    private final JobRepository jobs;
    private final HeldJobRepository held;
    private final ImportPageRepository pages;
    private final JudgingThreads threads;
    private final Quotas quotas;
    private final JobConfig config;

    SpooledLines(
            JobRepository jobs,
            HeldJobRepository held,
            ImportPageRepository pages,
            JudgingThreads threads,
            Quotas quotas,
            JobConfig config) {
        this.jobs = jobs;
        this.held = held;
        this.pages = pages;
        this.threads = threads;
        this.quotas = quotas;
        this.config = config;
    }

    /** Adds the job of an arriving import, held by its receiver. */
    Uni<Void> begin(HeldJob claim) {
        return held.add(claim, config.lease());
    }

    /** Compresses lines. */
    Uni<PackedLines> pack(List<RawLine> lines) {
        return threads.judgeLines(() -> PackedLines.of(lines));
    }

    /** Stores more lines, and renews the claim. Fails with {@link dev.tandem.domain.refusal.Refusal.Full} if there is no room for them. */
    Uni<Void> add(HeldJob claim, long ordinal, PackedLines lines) {
        Authorship authorship =
                Authorship.parse(ImportOptions.of(claim.job().parameters()).author());
        return quotas.moreLines(authorship.author(), lines.octets().length)
                .chain(() -> renew(claim))
                .chain(() -> pages.add(claim.job().id(), ordinal, lines));
    }

    /** Renews the claim. */
    Uni<Void> renew(HeldJob claim) {
        return held.renew(claim, config.lease());
    }

    /** Releases the job, whose lines have all arrived, to the replica that claims it first. */
    Uni<Job> offer(HeldJob claim, long lines) {
        return held.offer(claim, lines).chain(() -> jobs.get(claim.job().id()));
    }

    /** Deletes the job and its lines. */
    Uni<Void> withdraw(HeldJob claim) {
        return held.withdraw(claim);
    }

    /** Deletes lines that ended jobs have left, at most that many pages; returns how many pages it deleted. */
    Uni<Integer> prune(int limit) {
        return pages.prune(limit);
    }
}
