/** Every way in which Tandem says no. */
@NullMarked
package dev.tandem.domain.error;

import org.jspecify.annotations.NullMarked;
