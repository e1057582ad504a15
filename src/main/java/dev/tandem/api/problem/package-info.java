/** Every no, as RFC 9457 problem details: one shape, stable codes. */
@NullMarked
package dev.tandem.api.problem;

import org.jspecify.annotations.NullMarked;
