package dev.tandem.service.copy;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import dev.tandem.factory.job.CopyDraft;
import dev.tandem.repository.AliasRepository;
import dev.tandem.service.copy.CopyPlace.Following;
import dev.tandem.service.copy.CopySource.Changed;
import dev.tandem.service.job.JobConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a copy ends: some time after an alias has been pointed to the successor, because requests that had begun before may still write into the
 * source. If no alias points there any more when that time is over, the copy goes on.
 */
@Singleton
class CopySwitch {

    private final AliasRepository aliases;
    private final JobConfig config;
    private final Clock clock;

    CopySwitch(AliasRepository aliases, JobConfig config, Clock clock) {
        this.aliases = aliases;
        this.config = config;
        this.clock = clock;
    }

    /** Whether the time after the switch is over. */
    boolean isOver(@Nullable Instant switchedAt) {
        return switchedAt != null && !clock.instant().isBefore(switchedAt.plus(config.afterSwitch()));
    }

    /**
     * What comes after changes that have been applied. It needs a transaction.
     *
     * @param isOver whether the time after the switch was over when they were read
     */
    Uni<Step> next(Job job, Following place, Changed changed, boolean isOver) {
        if (!changed.isAll()) {
            return Uni.createFrom().item(Step.to(new Following(place.switchedAt(), changed.reached()).text()));
        }
        if (!CopyDraft.of(job.parameters()).follows()) {
            return Uni.createFrom().item(Step.end());
        }
        return aliases.firstOf(job.collectionId()).map(alias -> {
            if (alias != null && isOver) {
                return Step.end();
            }
            Instant since = place.switchedAt() == null ? clock.instant() : place.switchedAt();
            return Step.pause().at(new Following(alias == null ? null : since, changed.reached()).text());
        });
    }
}
