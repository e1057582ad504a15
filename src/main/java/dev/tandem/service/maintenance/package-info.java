/** The jobs that make derived data again or compare it with the rows, and the parked documents. */
@NullMarked
package dev.tandem.service.maintenance;

import org.jspecify.annotations.NullMarked;
