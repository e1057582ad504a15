/** Rerankers against servers that fail. */
@NullMarked
package dev.tandem.embedding.rerank;

import org.jspecify.annotations.NullMarked;
