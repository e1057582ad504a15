/** What is done once, however often it is sent. */
@NullMarked
package dev.tandem.service.idempotency;

import org.jspecify.annotations.NullMarked;
