package dev.tandem.service.info;

import dev.tandem.index.parts.Engines;
import dev.tandem.service.index.IndexPart;
import dev.tandem.service.index.IndexProgress;
import dev.tandem.service.index.IndexingService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Says how many changes the indexes of this replica do not show yet. */
@Singleton
public class IndexBacklog {

    /** Each takes a statement. */
    private static final int MOST_PARTS = 100;

    private final Engines engines;
    private final IndexProgress progress;
    private final IndexingService indexing;

    IndexBacklog(Engines engines, IndexProgress progress, IndexingService indexing) {
        this.engines = engines;
        this.progress = progress;
        this.indexing = indexing;
    }

    public Collection<String> engines() {
        return engines.names();
    }

    /** The changes by engine; of a hundred collections at most. An engine that shows everything is not in the map. */
    public Uni<Map<String, Long>> read() {
        Map<String, Long> lags = new HashMap<>();
        return Multi.createFrom()
                .iterable(progress.behind().stream().limit(MOST_PARTS).toList())
                .onItem()
                .transformToUniAndConcatenate(part -> counted(part, lags))
                .collect()
                .last()
                .replaceWith(lags);
    }

    private Uni<Long> counted(IndexPart part, Map<String, Long> lags) {
        return indexing.lag(part).invoke(lag -> lags.merge(part.engine(), lag, Long::sum));
    }
}
