/** Jobs over HTTP. */
@NullMarked
package dev.tandem.api.job;

import org.jspecify.annotations.NullMarked;
