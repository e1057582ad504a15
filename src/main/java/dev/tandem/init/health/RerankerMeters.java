package dev.tandem.init.health;

import dev.tandem.embedding.rerank.Reranker;
import dev.tandem.embedding.rerank.Rerankers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** Whether the rerankers answer. Searches may go on without them, so their answers do not tell. */
@Singleton
class RerankerMeters implements MeterBinder {

    private final Rerankers rerankers;

    RerankerMeters(Rerankers rerankers) {
        this.rerankers = rerankers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Reranker reranker : rerankers.all()) {
            Gauge.builder("tandem.rerank.failing", reranker, now -> now.isFailing() ? 1 : 0)
                    .tag("model", reranker.name())
                    .register(registry);
        }
    }
}
