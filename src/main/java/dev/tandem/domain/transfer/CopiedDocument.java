package dev.tandem.domain.transfer;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document that a copy has written into the successor.
 *
 * @param id of the document in the source
 * @param copyId of the document in the successor; if there is none or another one with the key, a client has deleted this one
 * @param version that the copy wrote in the successor; if it has another one by now, a client has changed it there
 * @param expiresAt when that version expires; null if it never does
 */
public record CopiedDocument(
        String key,
        UUID id,
        UUID copyId,
        long version,
        @Nullable Instant expiresAt) {}
