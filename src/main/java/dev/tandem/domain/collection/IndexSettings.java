package dev.tandem.domain.collection;

import org.jspecify.annotations.Nullable;

/**
 * Which search engine has a collection's index.
 *
 * @param engine its name
 * @param former the engine before, which searches use until the present one has caught up with the rows; null for none
 */
public record IndexSettings(String engine, @Nullable String former) {

    /** The index inside the process. */
    public static final String LUCENE = "lucene";

    public static final IndexSettings DEFAULT = in(LUCENE);

    public static IndexSettings in(String engine) {
        return new IndexSettings(engine, null);
    }

    /** Whether the engine has to have the index, as the present or as the former one. */
    public boolean uses(String name) {
        return engine.equals(name) || name.equals(former);
    }
}
