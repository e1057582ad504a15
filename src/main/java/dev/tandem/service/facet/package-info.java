/** Counts values of documents, for lists and for searches. */
@NullMarked
package dev.tandem.service.facet;

import org.jspecify.annotations.NullMarked;
