package dev.tandem.domain.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What is known about an earlier request with the same key.
 *
 * @param answer null while the request is being answered
 */
public record Attempt(String fingerprint, @Nullable Answer answer) {}
