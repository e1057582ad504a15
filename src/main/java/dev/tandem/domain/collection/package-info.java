/** A collection: a named set of documents that are embedded, analysed and checked in the same way, and its settings. */
@NullMarked
package dev.tandem.domain.collection;

import org.jspecify.annotations.NullMarked;
