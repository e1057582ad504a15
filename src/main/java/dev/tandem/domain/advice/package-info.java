/** Which fields of the metadata clients filter and sort on, and what would help them. */
@NullMarked
package dev.tandem.domain.advice;

import org.jspecify.annotations.NullMarked;
