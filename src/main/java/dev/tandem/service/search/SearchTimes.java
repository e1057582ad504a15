package dev.tandem.service.search;

import dev.tandem.factory.rules.Choice;
import dev.tandem.work.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Measures how long each stage of a search takes, and shows the stages in traces. */
@Singleton
public class SearchTimes {

    /** Of the histogram. Few, because each is a series for each stage and replica. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    /** What a search does, one after the other, as far as it has to. */
    public enum Stage {
        /** Until the index shows the requested sequence. */
        SEQUENCE,
        /** Until the text has its vector. */
        EMBEDDING,
        /** The index finds candidates. */
        CANDIDATES,
        /** The database reads the rows of the best. */
        ROWS,
        /** A reranker orders the best. */
        RERANK,
        /** Hits that are like better ones give way. */
        DIVERSITY,
        /** Matches are marked in the hits. */
        HIGHLIGHTS
    }

    private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
    private final Spans spans;

    SearchTimes(MeterRegistry registry, Spans spans) {
        this.spans = spans;
        for (Stage stage : Stage.values()) {
            timers.put(
                    stage,
                    Timer.builder("tandem.search.stage")
                            .tag("stage", Choice.word(stage))
                            .serviceLevelObjectives(BOUNDS)
                            .register(registry));
        }
    }

    /** The same work, whose time is counted for a stage, also if it fails. */
    public <T> Uni<T> of(Stage stage, Uni<T> work) {
        Timer timer = Objects.requireNonNull(timers.get(stage));
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return spans.part("search " + Choice.word(stage), work)
                    .onTermination()
                    .invoke(() -> timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
        });
    }
}
