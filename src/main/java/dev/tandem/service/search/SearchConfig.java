package dev.tandem.service.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How many candidates searches read, and how long they wait. */
@ConfigMapping(prefix = "tandem.search")
public interface SearchConfig {

    /** How many places of each list count in a hybrid search. With fewer, good hits of the other list would be missed. */
    @WithDefault("100")
    @Positive
    int candidates();

    /**
     * How long a search may take, from its arrival. Then its work is stopped, and it is refused. Embedding servers and engines have limits of
     * their own, which are shorter, so that they are named as the cause and a search can go on without them.
     */
    @WithDefault("20S")
    Duration deadline();

    /** How long a search waits for the index to show the sequence in its Tandem-Sequence header. */
    @WithDefault("5s")
    Duration sequenceTimeout();
}
