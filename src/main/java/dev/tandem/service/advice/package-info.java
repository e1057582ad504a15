/** Remembers which fields of the metadata clients filter and sort on. */
@NullMarked
package dev.tandem.service.advice;

import org.jspecify.annotations.NullMarked;
