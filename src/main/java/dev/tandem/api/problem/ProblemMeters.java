package dev.tandem.api.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts the answers that are problems, by their code. There are as many codes as docs/problems.md has. */
@Singleton
class ProblemMeters {

    private final Meter.MeterProvider<Counter> problems;

    ProblemMeters(MeterRegistry registry) {
        this.problems = Counter.builder("tandem.problems").withRegistry(registry);
    }

    /** The problem, which is about to be answered. */
    Problem answered(Problem problem) {
        problems.withTag("code", problem.code()).increment();
        return problem;
    }
}
