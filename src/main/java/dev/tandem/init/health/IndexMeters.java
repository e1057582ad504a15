package dev.tandem.init.health;

import dev.tandem.index.lucene.LuceneIndexes;
import dev.tandem.index.parts.Engines;
import dev.tandem.service.index.IndexProgress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** How well the indexes of this replica keep up with the rows, by engine, and what those in the process cost. */
@Singleton
class IndexMeters implements MeterBinder {

    private static final String ENGINE = "engine";

    private final IndexProgress progress;
    private final Engines engines;
    private final LuceneIndexes inProcess;

    IndexMeters(IndexProgress progress, Engines engines, LuceneIndexes inProcess) {
        this.progress = progress;
        this.engines = engines;
        this.inProcess = inProcess;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String engine : engines.names()) {
            Gauge.builder(
                            "tandem.index.behind",
                            progress,
                            now -> now.longestBehind(engine).toMillis() / 1000.0)
                    .baseUnit("seconds")
                    .tag(ENGINE, engine)
                    .register(registry);
            Gauge.builder("tandem.index.building", progress, now -> now.building(engine))
                    .tag(ENGINE, engine)
                    .register(registry);
            Gauge.builder("tandem.index.failing", progress, now -> now.failing(engine))
                    .tag(ENGINE, engine)
                    .register(registry);
        }
        Gauge.builder("tandem.index.disk", inProcess, LuceneIndexes::bytes)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("tandem.index.merges", inProcess, LuceneIndexes::merges).register(registry);
    }
}
