/** From the question of a search to the matches of one index. */
@NullMarked
package dev.tandem.index.lucene.query;

import org.jspecify.annotations.NullMarked;
