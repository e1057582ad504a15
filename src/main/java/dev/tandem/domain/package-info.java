/**
 * Step 1 of ten: the domain model. The words of the trade as immutable records and sealed types, with their rules as methods.
 *
 * <p>Java only: no framework, no {@code Uni}, no clock, no random ids. Whoever reads this room knows what Tandem is about.
 */
@NullMarked
package dev.tandem.domain;

import org.jspecify.annotations.NullMarked;
