package dev.tandem.service.job;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** Limits and times of jobs. */
@ConfigMapping(prefix = "tandem.jobs")
public interface JobConfig {

    /** How many documents a change by filter may affect within its request. More documents need a job. */
    @WithDefault("1000")
    @Min(0)
    int direct();

    /** Roughly how many jobs may be open before new ones are refused. */
    @WithDefault("1000")
    @Positive
    int open();

    /** How many jobs this replica executes at once. */
    @WithDefault("2")
    @Min(0)
    int concurrency();

    /** How long this replica works on a job before it lets other due jobs run. */
    @WithDefault("5s")
    Duration turn();

    /** The largest number of documents in a step. A step is done as a whole or not at all. */
    @WithDefault("200")
    @Positive
    int step();

    /** Roughly how large the documents of a step, or of a change within a request, may be together. A single document may be larger. */
    @WithDefault("16M")
    MemorySize largestStep();

    /** How long a replica may be silent before other replicas take over its jobs. */
    @WithDefault("30s")
    Duration lease();

    /** How often a step is tried before its job fails. */
    @WithDefault("5")
    @Positive
    int attempts();

    /** The pause before the second attempt. It doubles with each further attempt. */
    @WithDefault("1s")
    Duration backoff();

    /** How long a job that depends on something pauses before it checks again. */
    @WithDefault("500ms")
    Duration pause();

    /**
     * For how long nobody must have written into the source of a copy before it ends, after an alias has been pointed to its successor. Requests that
     * began before may still write there.
     */
    @WithDefault("10s")
    Duration afterSwitch();

    /** How long after that a copy fails if clients still write into its source. */
    @WithDefault("1h")
    Duration afterSwitchLimit();

    /** How long an ended job can be read. */
    @WithDefault("7d")
    Duration retention();

    /** How often jobs with listeners are read. */
    @WithDefault("500ms")
    Duration watch();

    /** How many clients may listen to jobs on this replica at once. */
    @WithDefault("256")
    @Min(0)
    int listeners();
}
