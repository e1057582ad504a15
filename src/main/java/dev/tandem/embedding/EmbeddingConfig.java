package dev.tandem.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.OptionalInt;

/** How texts become vectors. */
@ConfigMapping(prefix = "tandem.embedding")
public interface EmbeddingConfig {

    /** The model of a collection that names none. */
    @WithDefault("all-minilm-l6-v2")
    String model();

    /** How long the vectors of a collection's former model are kept in step after a move, so that the move can be undone at once. */
    @WithDefault("1h")
    Duration formerKept();

    /** How many threads embed chunks in this process; by default one per processor. */
    @Positive
    OptionalInt threads();

    /** How many additional threads embed queries, so that a search never waits for an import. */
    @WithDefault("1")
    @Positive
    int queryThreads();

    /** How many vectors of frequent and recent queries are kept for each model; 0 keeps none. One takes about 2 KB. */
    @WithDefault("1000")
    @Min(0)
    int queryCache();
}
