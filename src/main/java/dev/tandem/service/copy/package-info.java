/** Copies of collections: a successor is built from the rows of its source, and kept up by the change log. */
@NullMarked
package dev.tandem.service.copy;

import org.jspecify.annotations.NullMarked;
