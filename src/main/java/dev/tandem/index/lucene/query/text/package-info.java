/** The words of an index that the words of a query may mean. */
@NullMarked
package dev.tandem.index.lucene.query.text;

import org.jspecify.annotations.NullMarked;
