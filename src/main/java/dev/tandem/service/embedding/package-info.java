/** Embedding: the vectors of documents are made after the write, in bounded pieces, by any replica. */
@NullMarked
package dev.tandem.service.embedding;

import org.jspecify.annotations.NullMarked;
