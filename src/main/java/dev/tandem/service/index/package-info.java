/** How indexes follow the rows, and how callers wait until they have. */
@NullMarked
package dev.tandem.service.index;

import org.jspecify.annotations.NullMarked;
