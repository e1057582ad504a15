/**
 * Models that servers outside compute, by the embeddings API that OpenAI has and many servers share. Each server of the configuration is a
 * model of its own.
 *
 * <p>{@link dev.tandem.embedding.http.EmbeddingServer} sends one request and judges its answer. {@link
 * dev.tandem.embedding.http.CarefulBatch} finds the text that a server refuses among the others. A server that is busy or away is never a
 * text's fault.
 */
@NullMarked
package dev.tandem.embedding.http;

import org.jspecify.annotations.NullMarked;
