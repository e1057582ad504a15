/**
 * The search index inside the process: one Lucene index for each collection. A document is a block of Lucene documents, its passages with
 * their vectors first, then the document itself with its words and its metadata.
 */
@NullMarked
package dev.tandem.index.lucene;

import org.jspecify.annotations.NullMarked;
