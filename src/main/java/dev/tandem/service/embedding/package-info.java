/** Embedding: any replica makes the vectors of documents after the write, in bounded pieces. */
@NullMarked
package dev.tandem.service.embedding;

import org.jspecify.annotations.NullMarked;
