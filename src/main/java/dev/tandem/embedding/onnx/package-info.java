/**
 * Models that compute in this process, with ONNX Runtime. Each run embeds one text on one thread: on two cores, that embeds more chunks per
 * second than batches or ONNX Runtime's own threads do. And a vector does not depend on its neighbours, as it would in a batch of a
 * quantised model.
 *
 * <p>The models and their vocabularies are resources in LangChain4j's jars. Its classes are not used: with one of the models they read 126
 * tokens of a text and silently drop the rest, and they need a native tokenizer that a second class loader cannot load again.
 */
@NullMarked
package dev.tandem.embedding.onnx;

import org.jspecify.annotations.NullMarked;
