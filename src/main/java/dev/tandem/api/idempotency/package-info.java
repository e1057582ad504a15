/** Idempotent POST: with an Idempotency-Key, a request is executed once, and each repetition gets the same answer. */
@NullMarked
package dev.tandem.api.idempotency;

import org.jspecify.annotations.NullMarked;
