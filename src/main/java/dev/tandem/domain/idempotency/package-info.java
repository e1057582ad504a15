/** A request that may be sent again, and is done once. */
@NullMarked
package dev.tandem.domain.idempotency;

import org.jspecify.annotations.NullMarked;
