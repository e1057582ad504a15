/** The words of a query in the texts that it finds: what counts as one of them, highlights, and the passages that have most of them. */
@NullMarked
package dev.tandem.index.text.passage;

import org.jspecify.annotations.NullMarked;
