package dev.tandem.index.opensearch;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.SharedEngine;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything that an engine can be asked. */
enum Ask {
    CREATE,
    DROP,
    STORES,
    WRITE,
    SEARCH,
    COUNT,
    PAGE,
    STAMPS,
    SIZE;

    private static final UUID ID = new UUID(1, 1);
    private static final Store STORE = new Store(new UUID(7, 7), "1x2", new Shape(Language.ENGLISH, Metric.COSINE, 2));
    private static final CandidateQuery QUERY =
            new CandidateQuery(SearchText.plain("tea"), Vector.of(1, 0), List.of(), Filter.EVERYTHING, 10);
    private static final CandidateQuery COUNTING =
            new CandidateQuery(SearchText.plain("tea"), null, List.of(), Filter.EVERYTHING, 10, null, true);

    Uni<?> of(SharedEngine engine) {
        return switch (this) {
            case CREATE -> engine.create(STORE);
            case DROP -> engine.drop(STORE);
            case STORES -> engine.stores();
            case WRITE -> engine.write(STORE, 5, List.of(Entries.text(ID, "tea", null)), Set.of(new UUID(1, 2)));
            case SEARCH -> engine.search(STORE, QUERY);
            case COUNT -> engine.search(STORE, COUNTING);
            case PAGE -> engine.stamps(STORE, null, 10);
            case STAMPS -> engine.stamps(STORE, Set.of(ID));
            case SIZE -> engine.size(STORE);
        };
    }
}
