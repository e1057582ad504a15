package dev.tandem.service.facet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

/** How much is counted for one request. */
@ConfigMapping(prefix = "tandem.facets")
interface FacetConfig {

    /** How many documents a filter may match. PostgreSQL reads all of them for each facet. */
    @WithDefault("200000")
    @Positive
    @Max(1_000_000_000)
    int documents();
}
