/** Making what is derived from the rows again, and comparing it with them, over HTTP. */
@NullMarked
package dev.tandem.api.maintenance;

import org.jspecify.annotations.NullMarked;
