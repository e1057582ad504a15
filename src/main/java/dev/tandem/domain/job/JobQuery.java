package dev.tandem.domain.job;

import dev.tandem.domain.access.Grants;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the jobs, newest first.
 *
 * @param grants only jobs on collections that these allow to read
 * @param state only jobs in this state; null for any
 * @param collection only jobs on the collection with this name; null for any
 * @param before only jobs older than this one; null begins with the newest
 * @param limit the largest number of jobs
 */
public record JobQuery(
        Grants grants,
        @Nullable JobState state,
        @Nullable String collection,
        @Nullable UUID before,
        int limit) {}
