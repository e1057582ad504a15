package dev.tandem.embedding;

/**
 * Divides a text into the tokens that a model counts and reads. White space separates: the tokens of two texts with a line break
 * between them are the tokens of the one and then those of the other.
 */
@FunctionalInterface
public interface Tokenizer {

    /** The tokens of a text of any length. This computes: never call it on an event loop. */
    Tokens tokenize(String text);
}
