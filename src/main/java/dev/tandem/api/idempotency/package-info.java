/** Requests that may be sent again: POST with an Idempotency-Key is done once, and answered the same each time. */
@NullMarked
package dev.tandem.api.idempotency;

import org.jspecify.annotations.NullMarked;
