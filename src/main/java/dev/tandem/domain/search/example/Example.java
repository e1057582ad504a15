package dev.tandem.domain.search.example;

import dev.tandem.domain.embedding.Vector;

/** What hits are to be like, or unlike. */
public sealed interface Example {

    /** A document of the collection: the mean of its chunks' vectors. It is no hit itself. */
    record OfKey(String key) implements Example {}

    /** A vector that fits the collection. */
    record OfVector(Vector vector) implements Example {}

    /** A text, as a query is embedded. */
    record OfText(String text) implements Example {}
}
