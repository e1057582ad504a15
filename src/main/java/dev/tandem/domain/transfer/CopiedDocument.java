package dev.tandem.domain.transfer;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document that a copy has read in the source, and mostly written into the successor.
 *
 * @param id of the document in the source
 * @param copyId of the document in the successor; if there is none or another one with the key, a client has deleted this one
 * @param version that the copy wrote in the successor; if it has another one by now, a client has changed it there. 0 if it wrote none
 * @param expiresAt when that version expires; null if it never does
 * @param isRefused whether what the source had when it was read last breaks the successor's rules
 */
public record CopiedDocument(
        String key,
        UUID id,
        UUID copyId,
        long version,
        @Nullable Instant expiresAt,
        boolean isRefused) {}
