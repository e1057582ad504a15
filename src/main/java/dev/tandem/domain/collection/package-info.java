/** A collection: a named set of documents that are embedded, analysed and checked alike, and what that means for each of them. */
@NullMarked
package dev.tandem.domain.collection;

import org.jspecify.annotations.NullMarked;
