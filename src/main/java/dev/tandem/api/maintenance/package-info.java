/** Maintenance jobs over HTTP. */
@NullMarked
package dev.tandem.api.maintenance;

import org.jspecify.annotations.NullMarked;
