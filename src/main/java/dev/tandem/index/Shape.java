package dev.tandem.index;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;

/**
 * What an index is built for. Each engine stores the shape with the index; if the collection's shape has changed, the index has to be built
 * again.
 *
 * @param dimensions of the vectors
 */
public record Shape(Language language, Metric metric, int dimensions) {

    /** What the index of a collection has to be built for, by the collection's current settings. */
    public static Shape of(Collection collection) {
        return new Shape(
                collection.settings().language(),
                collection.embedding().metric(),
                collection.embedding().dimensions());
    }
}
