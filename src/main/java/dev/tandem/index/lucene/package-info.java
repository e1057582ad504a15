/**
 * The search index inside the process: one Lucene index for each collection. A document is a block of Lucene documents: first its chunks
 * with their vectors, then the document itself with its words and metadata.
 */
@NullMarked
package dev.tandem.index.lucene;

import org.jspecify.annotations.NullMarked;
