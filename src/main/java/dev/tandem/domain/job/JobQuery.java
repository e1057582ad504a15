package dev.tandem.domain.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the jobs, the newest first.
 *
 * @param state of this state only; null for any
 * @param collection of the collection of this name only; null for any
 * @param before begins with the job before this one; null for the newest
 * @param limit how many at most
 */
public record JobQuery(
        @Nullable JobState state,
        @Nullable String collection,
        @Nullable UUID before,
        int limit) {}
