package dev.tandem.service.copy;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.factory.job.CopyDraft;
import dev.tandem.repository.AliasRepository;
import dev.tandem.repository.JobRepository;
import dev.tandem.service.copy.CopyPlace.Following;
import dev.tandem.service.copy.CopyPlace.Switched;
import dev.tandem.service.copy.CopySource.Changed;
import dev.tandem.service.job.JobConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * When a copy ends: when an alias has been pointed to the successor, and nobody has written into the source for some time since, because requests that
 * had begun before may still do so. If no alias points there any more when that time is over, the copy goes on. If the source is written to for too
 * long, it fails.
 */
@Singleton
class CopySwitch {

    private static final JobFailure IN_USE = new JobFailure(
            "copy.source_in_use",
            "Clients still write into the source long after the switch. What they write there from now on is not copied.");

    private final AliasRepository aliases;
    private final JobRepository jobs;
    private final JobConfig config;
    private final Clock clock;

    CopySwitch(AliasRepository aliases, JobRepository jobs, JobConfig config, Clock clock) {
        this.aliases = aliases;
        this.jobs = jobs;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A look at the source.
     *
     * @param since everything that was committed before this was seen
     * @param hasJobs whether jobs that began soon enough after the switch may still write into it
     */
    record Look(Instant since, boolean hasJobs) {}

    Instant now() {
        return clock.instant();
    }

    /** Looks for jobs. It needs the session that reads the log: what jobs that have ended there have written is in that log. */
    Uni<Look> look(Following place, Collection source, Instant since) {
        Switched switched = place.switched();
        return switched == null
                ? Uni.createFrom().item(new Look(since, false))
                : jobs.hasOpen(JobKind.WRITING, source.id(), limit(switched)).map(open -> new Look(since, open));
    }

    private Instant limit(Switched switched) {
        return switched.at().plus(config.afterSwitchLimit());
    }

    /**
     * What comes after changes that have been applied. It needs a transaction.
     *
     * @param look from when they were read
     */
    Uni<Step> next(Job job, Following place, Changed changed, Look look) {
        Switched seen = place.switched();
        boolean isQuiet = !changed.isWritten() && !look.hasJobs;
        Switched known = seen == null || isQuiet ? seen : new Switched(seen.at(), clock.instant());
        if (!changed.isAll()) {
            return Uni.createFrom().item(Step.to(new Following(known, changed.reached()).text()));
        }
        if (!CopyDraft.of(job.parameters()).follows()) {
            return Uni.createFrom().item(Step.end());
        }
        return aliases.firstOf(job.collectionId()).map(alias -> {
            if (alias == null) {
                return Step.pause().at(new Following(null, changed.reached()).text());
            }
            if (known == null) {
                Instant now = clock.instant();
                return Step.pause().at(new Following(new Switched(now, now), changed.reached()).text());
            }
            if (isQuiet && !look.since.isBefore(known.quietSince().plus(config.afterSwitch()))) {
                return Step.end();
            }
            return !look.hasJobs && look.since.isAfter(limit(known))
                    ? Step.fail(IN_USE)
                    : Step.pause().at(new Following(known, changed.reached()).text());
        });
    }
}
