/** The files of an index, and the readers and writers that are open on them. */
@NullMarked
package dev.tandem.index.lucene.store;

import org.jspecify.annotations.NullMarked;
