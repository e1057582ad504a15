/** Requests that are executed once, however often they are sent. */
@NullMarked
package dev.tandem.service.idempotency;

import org.jspecify.annotations.NullMarked;
