package dev.tandem.domain.idempotency;

import java.util.UUID;

/**
 * The right to do a request, which one of all who send it has at a time.
 *
 * @param keyHash what the request is called by: the hash of an {@link IdempotencyKey}
 * @param fingerprint of what the request says: another request under the same key has another one
 * @param token whose claim it is. Who has lost it, because the lease ran out, holds an old token and can finish nothing
 */
public record RequestClaim(String keyHash, String fingerprint, UUID token) {}
