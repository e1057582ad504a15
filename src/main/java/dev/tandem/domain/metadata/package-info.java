/** A document's metadata, and conditions on them: the one definition of what a filter means. */
@NullMarked
package dev.tandem.domain.metadata;

import org.jspecify.annotations.NullMarked;
