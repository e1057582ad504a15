/**
 * From text to chunks to vectors. A {@link dev.tandem.embedding.Chunker} cuts a document into chunks that a model can read, and an {@link
 * dev.tandem.embedding.Embedder} turns chunks and queries into vectors of the same space.
 *
 * <p>Nothing here knows rows, transactions or an index. {@link dev.tandem.embedding.Embedders} finds the models by name; each model decides
 * where it computes. {@link dev.tandem.embedding.rerank.Rerankers} has those models that compare texts with a query instead.
 */
@NullMarked
package dev.tandem.embedding;

import org.jspecify.annotations.NullMarked;
