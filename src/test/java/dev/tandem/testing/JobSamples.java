package dev.tandem.testing;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Job.Order;
import dev.tandem.domain.job.Job.Progress;
import dev.tandem.domain.job.Job.Times;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobState;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Jobs in every state. The same seed gives the same samples. */
public final class JobSamples {

    private final Random random;
    private final DocumentSamples documents;

    public JobSamples(Random random) {
        this.random = random;
        this.documents = new DocumentSamples(random);
    }

    public Job next() {
        return new Job(
                new Order(
                        documents.id(),
                        "kind" + random.nextInt(10),
                        documents.id(),
                        "c-" + random.nextInt(),
                        Map.of("filter", Map.of("n", random.nextInt()))),
                JobState.values()[random.nextInt(JobState.values().length)],
                new Progress(
                        random.nextLong(1_000),
                        maybe(random.nextLong(1_000)),
                        random.nextLong(1_000),
                        random.nextBoolean() ? Map.of() : Map.of("created", random.nextLong(1_000)),
                        maybe("cursor"),
                        random.nextLong(1_000)),
                random.nextInt(10),
                random.nextBoolean(),
                maybe(new JobFailure("code", "message")),
                new Times(documents.instant(), maybe(documents.instant()), maybe(documents.instant())));
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }
}
