/** The jobs that make derived data again or compare it with the rows, and the documents that could not be embedded. */
@NullMarked
package dev.tandem.service.maintenance;

import org.jspecify.annotations.NullMarked;
