/**
 * Step 1 of ten: the domain model. The terms of the domain as immutable records and sealed types, with their rules as methods.
 *
 * <p>Java only: no framework, no {@code Uni}, no clock, no random ids. To learn what Tandem does, read this room first.
 */
@NullMarked
package dev.tandem.domain;

import org.jspecify.annotations.NullMarked;
