package dev.tandem.index;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;

/**
 * What an index is built for. Each engine keeps it with an index; one that was built for something else has to be built again.
 *
 * @param dimensions of the vectors
 */
public record Shape(Language language, Metric metric, int dimensions) {

    /** What the index of a collection has to be built for, as its settings are now. */
    public static Shape of(Collection collection) {
        return new Shape(
                collection.settings().language(),
                collection.embedding().metric(),
                collection.embedding().dimensions());
    }
}
