package dev.tandem.service.search.paging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How far the pages of a search reach, and how long they can be turned. */
@ConfigMapping(prefix = "tandem.search-pages")
public interface PagesConfig {

    /** How many of the best hits the pages of a search have together. Each takes up to 69 bytes while the list is kept. */
    @WithDefault("1000")
    @Min(1)
    @Max(5_000)
    int depth();

    /** How long a list of hits is kept for its further pages. */
    @WithDefault("5m")
    Duration lifetime();

    /** How many lists of hits are kept. The oldest go first. */
    @WithDefault("2000")
    @Positive
    int most();
}
