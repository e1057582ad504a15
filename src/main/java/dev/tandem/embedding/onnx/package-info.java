/**
 * Models that compute in this process, by ONNX Runtime, one text a run and one thread a text: on two cores that embeds more passages a
 * second than batches or ONNX Runtime's own threads do, and a vector doesn't depend on its neighbours, as it would in a batch of a
 * quantised model.
 *
 * <p>The models and their vocabularies are resources of LangChain4j's jars. Its classes are left out: they read 126 tokens of a text with
 * the one model, drop the rest without a word, and need a native tokenizer that a second class loader can't load again.
 */
@NullMarked
package dev.tandem.embedding.onnx;

import org.jspecify.annotations.NullMarked;
