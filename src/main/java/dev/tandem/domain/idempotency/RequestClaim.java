package dev.tandem.domain.idempotency;

import java.util.UUID;

/**
 * The right to execute a request. Of all who send the request, only one holds it at a time.
 *
 * @param keyHash identifies the request: the hash of an {@link IdempotencyKey}
 * @param fingerprint of the request's content: another request under the same key has another one
 * @param token identifies the claim. After the lease has run out, another claim may replace this one, and nothing can be stored under the
 *     old token
 */
public record RequestClaim(String keyHash, String fingerprint, UUID token) {}
