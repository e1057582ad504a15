package dev.tandem.sync;

import dev.tandem.domain.job.Backlog;
import dev.tandem.domain.job.JobState;
import dev.tandem.service.info.BacklogService;
import dev.tandem.service.info.IndexBacklog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Counts from time to time what is still to be done, for the metrics. What the database knows of, every replica shows. */
@ApplicationScoped
@Priority(5)
public class BacklogMeters implements Background, MeterBinder {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BacklogService service;
    private final IndexBacklog indexes;
    private final Loop loop;

    private volatile Backlog backlog = Backlog.NONE;
    private volatile Map<String, Long> unseen = Map.of();

    BacklogMeters(BacklogService service, IndexBacklog indexes, SyncConfig config, Vertx vertx) {
        this.service = service;
        this.indexes = indexes;
        this.loop = new Loop("Counting the backlog", vertx, this::round, config.backlog(), config.backlog());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tandem.embedding.tasks", () -> backlog.pending())
                .tag("state", "pending")
                .register(registry);
        Gauge.builder("tandem.embedding.tasks", () -> backlog.parked())
                .tag("state", "parked")
                .register(registry);
        Gauge.builder("tandem.embedding.oldest.pending", () -> backlog.oldest().toMillis() / 1000.0)
                .baseUnit("seconds")
                .register(registry);
        Stream.of(JobState.values()).filter(state -> !state.isEnded()).forEach(state -> Gauge.builder(
                        "tandem.jobs", () -> backlog.jobs().getOrDefault(state, 0L))
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry));
        indexes.engines()
                .forEach(engine -> Gauge.builder("tandem.index.behind.changes", () -> unseen.getOrDefault(engine, 0L))
                        .tag("engine", engine)
                        .register(registry));
    }

    @Override
    public void start() {
        loop.poke();
    }

    @Override
    public void stop() {
        loop.stop(PATIENCE);
    }

    private Uni<Boolean> round() {
        return service.read()
                .invoke(read -> backlog = read)
                .chain(indexes::read)
                .invoke(read -> unseen = read)
                .replaceWith(false);
    }
}
