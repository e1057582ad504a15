/** How a document is stored in a Lucene index: its fields and their values. */
@NullMarked
package dev.tandem.index.lucene.shape;

import org.jspecify.annotations.NullMarked;
