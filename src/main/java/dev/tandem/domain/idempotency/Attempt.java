package dev.tandem.domain.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the request that was sent under a key before.
 *
 * @param answer null while it is being answered
 */
public record Attempt(String fingerprint, @Nullable Answer answer) {}
