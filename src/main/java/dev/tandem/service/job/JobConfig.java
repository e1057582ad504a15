package dev.tandem.service.job;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How long work is done. */
@ConfigMapping(prefix = "tandem.jobs")
public interface JobConfig {

    /** How many documents may match for a change by filter to be made within its request; more become a job. */
    @WithDefault("1000")
    @Min(0)
    int direct();

    /** How many jobs may be open, about, until no more are taken on. */
    @WithDefault("1000")
    @Positive
    int open();

    /** How many jobs this replica works on at once. */
    @WithDefault("2")
    @Min(0)
    int concurrency();

    /** How long this replica works on a job until it lets others that are due have its place. */
    @WithDefault("5s")
    Duration turn();

    /** How many documents a step treats at most: what is done, or not done, as a whole. */
    @WithDefault("200")
    @Positive
    int step();

    /** How large the documents are together, about, that a step treats, or a request at once; a single one may be larger. */
    @WithDefault("16M")
    MemorySize largestStep();

    /** How long a replica may be silent before others take its jobs over. */
    @WithDefault("30s")
    Duration lease();

    /** How often a step is tried before its job fails. */
    @WithDefault("5")
    @Positive
    int attempts();

    /** How long the second try waits; each further one waits twice as long. */
    @WithDefault("1s")
    Duration backoff();

    /** How long a job that has to wait for something waits until it looks again. */
    @WithDefault("500ms")
    Duration pause();

    /** How long a job that has ended can be looked at. */
    @WithDefault("7d")
    Duration retention();

    /** How often jobs that somebody listens to are looked at. */
    @WithDefault("500ms")
    Duration watch();

    /** How many may listen to jobs on this replica at once. */
    @WithDefault("256")
    @Min(0)
    int listeners();
}
