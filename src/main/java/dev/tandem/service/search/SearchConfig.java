package dev.tandem.service.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How widely searches look, and how long they wait. */
@ConfigMapping(prefix = "tandem.search")
public interface SearchConfig {

    /** How many candidates are taken from each list at least; fewer lose good hits of the other list. */
    @WithDefault("100")
    @Positive
    int candidates();

    /** How long a search waits for the index to show what its Tandem-Sequence asks for. */
    @WithDefault("5s")
    Duration sequenceTimeout();
}
