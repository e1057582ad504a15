/** When the segments of an index become fewer, and at whose cost. */
@NullMarked
package dev.tandem.index.lucene.merge;

import org.jspecify.annotations.NullMarked;
