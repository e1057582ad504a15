/** From a search query to the matches in one index. */
@NullMarked
package dev.tandem.index.lucene.query;

import org.jspecify.annotations.NullMarked;
