package dev.tandem.index.shared;

import dev.tandem.index.Shape;
import java.util.UUID;

/**
 * The place in an engine for the documents of one collection. Every build makes a new one, so that searches use the old one meanwhile.
 *
 * @param build tells the stores of a collection from each other: lower-case letters and digits, never used again
 * @param shape what it was made for
 */
public record Store(UUID collectionId, String build, Shape shape) {

    /** The name of the store in the engine: lower-case letters, digits and hyphens, 1 to 64 characters. */
    public String name() {
        return name(collectionId, build);
    }

    static String name(UUID collectionId, String build) {
        return collectionId + "-" + build;
    }
}
