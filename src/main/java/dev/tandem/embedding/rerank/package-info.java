/**
 * Models that say how well a text answers a query. Servers outside compute them: each server of the configuration is a {@link
 * dev.tandem.embedding.rerank.Reranker} of its own, which {@link dev.tandem.embedding.rerank.Rerankers} finds by name.
 */
@NullMarked
package dev.tandem.embedding.rerank;

import org.jspecify.annotations.NullMarked;
