/** Refusals and failures as RFC 9457 problem details: one form, with stable codes. */
@NullMarked
package dev.tandem.api.problem;

import org.jspecify.annotations.NullMarked;
