/** Parked documents over HTTP. */
@NullMarked
package dev.tandem.api.parked;

import org.jspecify.annotations.NullMarked;
