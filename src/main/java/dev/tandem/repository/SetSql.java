package dev.tandem.repository;

import dev.tandem.domain.embedding.VectorSet;

/** What statements say about sets of vectors. */
final class SetSql {

    /** The version of a {@code document} that the model of the set {@code :vector_set} has embedded. */
    static final String EMBEDDED = "(case when mod(cast(:vector_set as integer), 2) = 0"
            + " then document.embedded_version else document.odd_embedded_version end)";

    /** The number of the set that searches of a {@code collection} use. */
    static final String SEARCHED = "coalesce(cast(collection.settings ->> 'vectorSet' as integer), 0)";

    /** Joins the sets of a {@code collection} that are kept in step with its documents, each with its model. */
    static final String KEPT = """
            join lateral (values (%s, collection.settings ->> 'model'),
                                 (cast(collection.settings ->> 'besideSet' as integer), collection.settings ->> 'besideModel'))
                 as kept (vector_set, model) on kept.vector_set is not null
            """.formatted(SEARCHED);

    private SetSql() {}

    /** The column of {@code document} with the version that the set's model has embedded. */
    static String embeddedIn(VectorSet set) {
        return set.isOdd() ? "odd_embedded_version" : "embedded_version";
    }
}
