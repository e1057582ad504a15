/** Requests that a client may repeat and that are executed once. */
@NullMarked
package dev.tandem.domain.idempotency;

import org.jspecify.annotations.NullMarked;
