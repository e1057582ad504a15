/** A document, its versions, and its chunks. */
@NullMarked
package dev.tandem.domain.document;

import org.jspecify.annotations.NullMarked;
