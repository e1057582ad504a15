package dev.tandem.domain.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document whose embedding was given up until somebody looks.
 *
 * @param collection its collection's name
 * @param error what the last try failed of
 */
public record ParkedTask(
        String collection,
        String key,
        int attempts,
        Instant parkedAt,
        @Nullable String error) {}
