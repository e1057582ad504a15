/** A collection: a named set of documents that are embedded, analysed and checked alike. */
@NullMarked
package dev.tandem.domain.collection;

import org.jspecify.annotations.NullMarked;
