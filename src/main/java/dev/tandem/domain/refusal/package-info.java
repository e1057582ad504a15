/** Every way in which Tandem says no. */
@NullMarked
package dev.tandem.domain.refusal;

import org.jspecify.annotations.NullMarked;
