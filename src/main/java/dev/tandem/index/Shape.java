package dev.tandem.index;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;

/**
 * What a part of an index is built for. Each engine stores the shape with the index; if the collection's shape has changed, the index has to be built
 * again.
 *
 * @param dimensions of the vectors; 0 for a part without vectors
 */
public record Shape(Language language, Metric metric, int dimensions) {

    /** What the part of a collection's index in an engine has to be built for, by the collection's current settings. */
    public static Shape of(Collection collection, String engine) {
        Shape whole = withVectors(collection);
        return collection.settings().index().uses(engine) ? whole : new Shape(whole.language, whole.metric, 0);
    }

    /** What a part that has the collection's vectors has to be built for. */
    public static Shape withVectors(Collection collection) {
        return new Shape(
                collection.settings().language(),
                collection.embedding().metric(),
                collection.embedding().dimensions());
    }
}
