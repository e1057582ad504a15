package dev.tandem.embedding;

/**
 * Splits a text into the tokens that a model counts and reads. White space separates tokens: if a line break joins two texts, the tokens
 * are those of the first text followed by those of the second.
 */
@FunctionalInterface
public interface Tokenizer {

    /** The tokens of a text of any length. This computes, so never call it on an event loop. */
    Tokens tokenize(String text);
}
