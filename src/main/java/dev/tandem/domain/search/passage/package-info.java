/** The passages of hits: what a language model reads of a document. */
@NullMarked
package dev.tandem.domain.search.passage;

import org.jspecify.annotations.NullMarked;
