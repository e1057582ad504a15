package dev.tandem.domain.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit: something that somebody did or was refused.
 *
 * @param principal who; empty where nobody was known
 * @param action what: {@code key made}, {@code done: deleteCollection}, or {@code refused:} and the code of the problem
 * @param target what it was done to; null if nothing in particular
 * @param times how often, since the entry before of the same kind; refusals are counted together
 * @param requestId of the request, or of the last of several
 */
public record Deed(
        UUID id,
        Instant at,
        String principal,
        String action,
        @Nullable String target,
        long times,
        @Nullable String requestId) {}
