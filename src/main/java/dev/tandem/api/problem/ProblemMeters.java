package dev.tandem.api.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts the answers that are problems, by their code. There are as many codes as docs/problems.md has. */
@Singleton
class ProblemMeters {

    /** Those that alarms are about. They are counted from nothing, since an alarm can't see the first one of a series that begins with it. */
    private static final List<String> ALARMING =
            List.of("internal", "database.schema", "database.unavailable", "database.read_only");

    private final Meter.MeterProvider<Counter> problems;

    ProblemMeters(MeterRegistry registry) {
        this.problems = Counter.builder("tandem.problems").withRegistry(registry);
        ALARMING.forEach(code -> problems.withTag("code", code));
    }

    /** The problem, which is about to be answered. */
    Problem answered(Problem problem) {
        problems.withTag("code", problem.code()).increment();
        return problem;
    }
}
