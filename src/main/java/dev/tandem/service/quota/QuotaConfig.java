package dev.tandem.service.quota;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.PositiveOrZero;

/** How much may be stored, by all callers together. With 0, there is no limit. */
@ConfigMapping(prefix = "tandem.quota")
public interface QuotaConfig {

    /** Roughly how many collections there may be. */
    @WithDefault("1000")
    @PositiveOrZero
    int collections();

    /** Roughly how many documents a collection may have. */
    @WithDefault("0")
    @PositiveOrZero
    long documents();

    /** Roughly how large the lines of all imports may be that wait for jobs, compressed as they are stored. */
    @WithDefault("16G")
    MemorySize spool();

    /** How large the revisions of a document may be together. The oldest ones beyond that are deleted. */
    @WithDefault("64M")
    MemorySize history();
}
