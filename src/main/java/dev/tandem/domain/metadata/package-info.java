/** A document's metadata, and the filters on it: the one definition of what a filter means. */
@NullMarked
package dev.tandem.domain.metadata;

import org.jspecify.annotations.NullMarked;
