/** What the search index does otherwise in a native image. */
@NullMarked
package dev.tandem.index.lucene.image;

import org.jspecify.annotations.NullMarked;
