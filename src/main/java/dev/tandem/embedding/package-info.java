/**
 * Text to passages to vectors. A {@link dev.tandem.embedding.Chunker} cuts a document into passages that a model can take in, an
 * {@link dev.tandem.embedding.Embedder} turns passages and queries into points of the same space.
 *
 * <p>Nothing here knows of rows, transactions or an index. The models are found by their names in
 * {@link dev.tandem.embedding.Embedders}; where they compute is their own business.
 */
@NullMarked
package dev.tandem.embedding;

import org.jspecify.annotations.NullMarked;
